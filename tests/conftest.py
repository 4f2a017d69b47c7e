"""What several tests share: the model in the package, and the folder beside the checkout that not everyone has."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from claims.attribution.tagger import Tagger
from tests.desk import crowd, trade
from tests.river import DAM, FERRY, ingest

# No test is about time: a busy machine is no failure.
settings.register_profile("claims", deadline=None)
settings.load_profile("claims")

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def tagger() -> Tagger:
    """The model that travels in the package, loaded once."""
    return Tagger()


@pytest.fixture(scope="session")
def sample() -> Path:
    """The sample article of the README."""
    return ROOT / "examples" / "harbour-drill.txt"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Corpora and hand-made gold; tests that need them skip where they are missing."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared here")
    return SHARED


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database file that does not exist yet, in a folder that does not either."""
    return tmp_path / "db" / "claims.db"


@pytest.fixture(scope="session")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with two articles, for copying."""
    database = tmp_path_factory.mktemp("ingested") / "claims.db"
    for name, text in (("dam.txt", DAM), ("ferry.txt", FERRY)):
        ingest(database, name, text)
    return database


@pytest.fixture
def database(ingested: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with two articles, about which Ann decides."""
    monkeypatch.delenv("CLAIMS_DB", raising=False)
    monkeypatch.setenv("CLAIMS_USER", "ann")
    copied = tmp_path / "claims.db"
    shutil.copy(ingested, copied)
    return copied


@pytest.fixture(scope="session")
def traded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A claim told in three wordings, denied and contradicted, for reading only."""
    return trade(tmp_path_factory.mktemp("trade") / "claims.db")


@pytest.fixture(scope="session")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One claim that is made in many articles, for reading only."""
    return crowd(tmp_path_factory.mktemp("crowd") / "claims.db")


def understood(refusal: Exception) -> None:
    """A refusal is the store's own, not SQLite's."""
    assert "the database refused" not in str(refusal)
