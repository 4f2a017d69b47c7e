"""Whether two wordings are one claim, and why: `decide(prepare(Statement(…)), prepare(Statement(…)))`."""

from claims.matching.clusters import cluster
from claims.matching.decision import Decision, decide
from claims.matching.indexing import keys
from claims.matching.prepared import Prepared, Statement, prepare

__all__ = ["Decision", "Prepared", "Statement", "cluster", "decide", "keys", "prepare"]
