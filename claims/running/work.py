"""What a worker does: it extracts one article, with a model that it loads once. Imports wait until they are needed:
a process says first how many threads it wants."""

import faulthandler
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from claims import __version__
from claims.errors import ClaimsError, InputRefused
from claims.running.alarm import TooLong, alarm
from claims.terms import Article, Attribution

if TYPE_CHECKING:
    from claims.attribution.tagger import Tagger

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""The variables by which libraries are told how many threads to take."""

_loading = Lock()

_DEAF = 1.2
"""A process of its own that does not hear the alarm is ended after so many times the limit."""


@dataclass(frozen=True)
class Job:
    """What is done with each article of a run; travels to the workers.

    `model` is the model's folder (None: `default_model()`); `narrated` takes in sentences in the outlet's own voice;
    `seconds` is how long one article may take.
    """

    model: Path | None = None
    narrated: bool = False
    seconds: int = 300

    def __call__(self, article: Article) -> list[Attribution]:
        """The attributions of one article. Raises ModelError where the model cannot be loaded, InputRefused where the
        article takes too long (see `alarm` for where that is noticed)."""
        try:
            with alarm(self.seconds):
                return self.extract(article)
        except TooLong as error:
            raise InputRefused(
                article.path,
                f"finding its attributions took longer than {self.seconds} seconds; CLAIMS_EXTRACT_SECONDS allows more",
            ) from error

    def extract(self, article: Article) -> list[Attribution]:
        from claims.extraction import extract

        with _loading:  # a worker of a cluster may have several threads
            tagger = _tagger(self.model)
        return extract(article, tagger, narrated=self.narrated)

    def prepare(self) -> None:
        """Load the model before the first article comes."""
        _tagger(self.model)


@cache
def _tagger(model: Path | None) -> "Tagger":
    from claims.attribution.tagger import Tagger

    return Tagger(model)


def begin(job: Job, parent: Connection) -> None:
    """What a process of its own does first: it takes one thread, ends when the other end of `parent` is closed,
    however that came, and loads the model."""
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    Thread(target=_end_with, args=(parent,), daemon=True).start()
    with suppress(ClaimsError):  # an error here would reach nobody; the first article meets it again
        job.prepare()


def apart(job: Job, article: Article) -> list[Attribution]:
    """The job in a process of its own, which ends where its alarm is not heard: in C code that never comes back."""
    with open(os.devnull, "w") as nowhere:
        faulthandler.dump_traceback_later(job.seconds * _DEAF, exit=True, file=nowhere)
        try:
            return job(article)
        finally:
            faulthandler.cancel_dump_traceback_later()


def _end_with(parent: Connection) -> None:
    try:
        parent.recv()
    except (EOFError, OSError):
        os._exit(1)


def ready() -> str:
    """The version of the program that a worker runs."""
    return __version__
