"""Running: articles extracted one after the other, in several processes or on other machines, always in their order."""

from claims.running.engines import Engine, Here
from claims.running.in_order import Extracted, Known, Outcome, run
from claims.running.processes import Processes
from claims.running.work import Job

__all__ = ["Engine", "Extracted", "Here", "Job", "Known", "Outcome", "Processes", "run"]
