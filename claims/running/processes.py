"""Workers that are processes of this machine."""

import signal
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from types import TracebackType
from typing import Self

from claims.errors import RunningError
from claims.running.engines import Extraction
from claims.running.work import Job, apart, begin, ready
from claims.terms import Article

IN_FLIGHT = 8
"""So many articles a worker are read ahead of the one that is stored next: enough that a long one holds nobody up."""

GRACE_SECONDS = 1.0
"""So long a worker may take to end when the run is given up."""


class Processes:
    """So many processes, each with one thread and a model of its own, started when the first article comes."""

    fatal: tuple[type[BaseException], ...] = ()

    def __init__(self, job: Job, workers: int) -> None:
        self._job = job
        self._workers = workers
        self.window = workers * IN_FLIGHT
        self._executor: ProcessPoolExecutor | None = None

    def submit(self, article: Article) -> Extraction:
        executor = self._executor or self._start()
        with _interrupts_held():
            try:
                return executor.submit(apart, self._job, article)
            except OSError as error:
                raise RunningError(
                    f"no process can be started ({error.strerror or error}); take fewer workers"
                ) from error

    def restart(self) -> None:
        self._stop()
        try:
            with _interrupts_held():
                waiting = self._start().submit(ready)
            waiting.result()
        except (BrokenExecutor, OSError) as error:
            raise RunningError(
                "workers die before they have read anything, perhaps for lack of memory; take fewer with --workers"
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind and self._executor:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._lifeline.close()
            for child in active_children():
                child.join(GRACE_SECONDS)
                child.kill()
        self._stop()

    def _start(self) -> ProcessPoolExecutor:
        # Not "fork": the child of a process with threads may hang, and there are threads here.
        context = get_context("spawn")
        # Workers end when this process closes its end, or dies in whatever way: nobody else holds it.
        theirs, self._lifeline = context.Pipe(duplex=False)
        self._executor = ProcessPoolExecutor(self._workers, context, begin, (self._job, theirs))
        return self._executor

    def _stop(self) -> None:
        if self._executor:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._lifeline.close()
            self._executor = None


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Processes started meanwhile never see Ctrl+C, which a terminal sends to all: this one decides when they end.

    A Ctrl+C that comes meanwhile takes effect afterwards.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
