"""How long something may take in this process."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TooLong(BaseException):
    """Time is up. No Exception, so that nothing on the way takes it for an error of its own."""


@contextmanager
def alarm(seconds: int) -> Iterator[None]:
    """Raises TooLong in what is done meanwhile, wherever it is, once so many seconds have passed.

    It comes as Ctrl+C does: between two steps of Python, in a sleep, in a search by a regular expression; C code that
    looks for no signals is not stopped. Nothing happens outside the main thread and on Windows, which has no alarms.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    # Again each second: what is raised in a finalizer is lost.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(signal_number: int, frame: FrameType | None) -> None:
    raise TooLong
