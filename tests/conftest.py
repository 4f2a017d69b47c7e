"""What several tests share: the model in the package, and the folder beside the checkout that not everyone has."""

from pathlib import Path

import pytest
from hypothesis import settings

from claims.attribution.tagger import Tagger

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
