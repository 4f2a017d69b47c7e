"""The process behind sheltered.py: runs one job after another, within limits of memory and time."""

import json
import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from typing import IO, Any

from claims.errors import InputRefused
from claims.reading.limits import PARSE_BYTES

_KEPT_BYTES = 300_000_000
"""A process that has grown larger than this makes room for a new one."""


def main() -> None:
    """Answers requests from standard input on standard output until there are no more."""
    requests = sys.stdin.buffer
    # What a library prints must not get among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    # Ctrl-C goes to all processes of a terminal: this one ends with its input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound()
    with answers:
        while _answer(requests, answers):
            pass


def _answer(requests: IO[bytes], answers: IO[bytes]) -> bool:
    line = requests.readline()
    if not line:
        return False
    request = json.loads(line)
    data = requests.read(request["size"])
    _alarm(request["seconds"] + 5)
    answer = _done(request, data)
    _alarm(0)
    answer["leaves"] = answer.pop("spent", False) or _size() > _KEPT_BYTES
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()
    return not answer["leaves"]


def _done(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    module, _, function = request["job"].partition(":")
    try:
        return {"found": getattr(import_module(module), function)(data, **request["arguments"])}
    except InputRefused as refusal:
        return {"refused": refusal.reason}
    except MemoryError:
        return {"refused": f"cannot be read: its parsing takes more than {PARSE_BYTES // 1_000_000} MB", "spent": True}
    except Exception as error:
        # Whatever a parser makes of a broken input; a bug of ours would show in the tests, which read without shelter.
        return {"refused": f"cannot be read: parsing it failed ({type(error).__name__})", "spent": True}


def _bound() -> None:
    """Limits the process's memory, where the system can; a crash leaves no core file."""
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (PARSE_BYTES, PARSE_BYTES))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _alarm(seconds: int) -> None:
    """The system ends this process after so many seconds, even if nobody is left to end it."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _size() -> int:
    """The memory in use, in bytes; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0
