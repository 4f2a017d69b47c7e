"""What may crash, hang or fill memory over a hostile input runs in a process of its own, whose death is survived.

The process is kept for the next input. It knows jobs by the name of a function,
"claims.reading.pages.finding:find", which takes bytes and strings by name and returns what JSON can hold.
"""

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import IO, Any

from claims.errors import InputRefused
from claims.reading.limits import PARSE_SECONDS


def sheltered(name: str, job: str, data: bytes, arguments: Mapping[str, str | None] | None = None) -> Any:
    """What the function `job` returns for `data`. Raises InputRefused, naming `name`, with what it refused, or if it
    took too long, wanted too much memory or killed its process."""
    global _worker
    with _lock:
        try:
            worker = _worker = _worker or _Worker()
        except OSError as error:
            raise InputRefused(name, f"cannot be read: the process to parse it does not start ({error})") from error
        answer = None
        try:
            answer = worker.ask(job, data, dict(arguments or {}))
        finally:
            # Also if a person stops the program here: what is asked next must not get this answer.
            if answer is None or answer.get("leaves") or worker.late:
                worker.end()
                _worker = None
    if answer is None and worker.late:
        raise InputRefused(name, f"cannot be read: its parsing took longer than {PARSE_SECONDS} seconds")
    if answer is None:
        raise InputRefused(name, "cannot be read: it kills the program that parses it")
    if "refused" in answer:
        raise InputRefused(name, answer["refused"])
    return answer["found"]


_START = "import sys; sys.path[:] = sys.argv[1:]; from claims.reading.worker import main; main()"


class _Worker:
    """A process that runs claims/reading/worker.py."""

    def __init__(self) -> None:
        # The same modules as here, but none from the folder that one stands in: it may hold a file called json.py.
        path = [entry for entry in sys.path if entry]
        self.late = False
        self._process = subprocess.Popen(  # noqa: S603 (nothing in it comes from an input)
            [sys.executable, "-P", "-c", _START, *path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._requests: IO[bytes] = self._process.stdin
        self._answers: IO[bytes] = self._process.stdout

    def ask(self, job: str, data: bytes, arguments: dict[str, str | None]) -> dict[str, Any] | None:
        """What the process answers; None if it died of it, by itself or by the clock."""
        request = {"job": job, "arguments": arguments, "size": len(data), "seconds": PARSE_SECONDS}
        clock = threading.Timer(PARSE_SECONDS, self._kill)
        clock.daemon = True
        clock.start()
        try:
            self._requests.write(json.dumps(request).encode() + b"\n" + data)
            self._requests.flush()
            answer: dict[str, Any] = json.loads(self._answers.readline() or b"null")
        except (OSError, ValueError):
            return None
        finally:
            clock.cancel()
            clock.join()
        return answer

    def _kill(self) -> None:
        self.late = True
        self._process.kill()

    def end(self) -> None:
        """The process is gone afterwards."""
        self._process.kill()
        for pipe in (self._requests, self._answers):
            with suppress(OSError):
                pipe.close()
        self._process.wait()


_lock = threading.Lock()
_worker: _Worker | None = None
_of_others: list[_Worker | None] = []


def _end() -> None:
    global _worker
    if _worker:
        _worker.end()
        _worker = None


def _forget() -> None:
    """In a forked process: the worker is the parent's, its pipes are not to be written into."""
    global _worker, _lock
    _of_others.append(_worker)
    _worker, _lock = None, threading.Lock()


atexit.register(_end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
