"""Workers on other machines: a Dask cluster, which the extra `claims-to-sqlite[dask]` speaks to."""

import logging
from concurrent.futures import Executor
from types import TracebackType
from typing import Any, Self

from claims import __version__
from claims.errors import RunningError
from claims.running.engines import Extraction
from claims.running.work import Job, ready
from claims.terms import Article

IN_FLIGHT = 8
LEAST_IN_FLIGHT = 64
"""Workers may come later."""

CONNECT_SECONDS = 20


class Cluster:
    """The workers of a Dask scheduler, of which each needs the same version of claims (and its model) installed.

    What is sent and what comes back is pickled: connect to no cluster that you do not trust.
    """

    def __init__(self, job: Job, address: str) -> None:
        """Connect. Raises RunningError where nobody answers, has workers, or runs this version."""
        try:
            from distributed import Client, KilledWorker
        except ImportError as error:
            raise RunningError("--dask needs more packages: pip install 'claims-to-sqlite[dask]'") from error
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what people should know is in our errors
        self._job = job
        self._address = address
        # The scheduler itself gives the article of a dead worker to others, thrice if nobody set it otherwise.
        self.fatal: tuple[type[BaseException], ...] = (KilledWorker,)
        try:
            self._client: Any = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except Exception as error:  # what cannot be an address raises errors of many kinds
            raise RunningError(f"{address}: no Dask scheduler answers ({error})") from error
        try:
            self._check()
            self.window = max(LEAST_IN_FLIGHT, IN_FLIGHT * sum(self._client.nthreads().values()))
            self._executor: Executor = self._client.get_executor(pure=False)
        except BaseException:
            self._client.close()
            raise

    def _check(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except TimeoutError as error:
            raise RunningError(f"{self._address}: this scheduler has no workers; start some") from error
        try:
            versions = self._client.run(ready)
        except Exception as error:
            raise RunningError(f"{self._address}: claims is missing on workers ({error})") from error
        for worker, there in versions.items():
            if there != __version__:
                raise RunningError(f"{worker} has claims {there}, here is {__version__}: make them the same")

    def submit(self, article: Article) -> Extraction:
        return self._executor.submit(self._job, article)

    def restart(self) -> None:
        raise RunningError(f"{self._address}: the cluster broke down")  # its promises never raise BrokenExecutor

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.shutdown(wait=kind is None)
        self._client.close()
