"""Runs the fuzzing for some minutes and tells how many inputs it tried.

    nice python -m tests.fuzz --minutes 10
    nice python -m tests.fuzz --minutes 3 --only readers --seed 5

Texts go through the extractor with the real model, and some into a database that must be sound at the end; files of
every format go through the readers. Half of them are put together from what trips readers, half were sound articles,
pages, feeds, tables, archives once. Each input that breaks something is made as small as can be, printed, and may be
met again. Status 1 if there was any.
"""

import argparse
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from claims.attribution.tagger import Tagger
from claims.store import Store
from tests.fuzz.examples import mutated_files, mutated_texts
from tests.fuzz.holds import file_is_read_or_refused, text_is_split, what_was_found_can_be_stored
from tests.fuzz.inputs import contents, endings, texts

Run = tuple[Callable[..., None], Sequence[st.SearchStrategy[Any]]]
"""What is done with an input, and the strategies that make its parts."""

ROUND = 200
"""Inputs between two looks at the clock."""

STORED = 5
"""Of so many texts one is stored, too, which takes longer than to split it."""


def main() -> int:
    """Fuzz until the time is up."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--only", choices=("readers", "extractor"))
    parser.add_argument("--seed", type=int, default=int(time.time()))
    asked = parser.parse_args()
    tried: Counter[str] = Counter()
    broken = 0
    with tempfile.TemporaryDirectory() as name, Store.open(Path(name, "claims.db")) as store:
        rounds = {
            told: run
            for told, run in {"readers": _readers(Path(name), tried), "extractor": _extractor(store, tried)}.items()
            if asked.only in (None, told)
        }
        ends = time.monotonic() + 60 * asked.minutes
        number = asked.seed
        while time.monotonic() < ends:
            for run in rounds.values():
                number += 1
                broken += _breaks(*run, number)
        faults = [fault for part in store.check() for fault in part.faults]
    for fault in faults:
        sys.stdout.write(f"The database is not sound: {fault}\n")
    told = ", ".join(f"{count:,} {what}" for what, count in sorted(tried.items()))
    sys.stdout.write(f"seed {asked.seed}: {told}; {broken} rounds of {ROUND} found something\n")
    return 1 if broken or faults else 0


def _breaks(run: Callable[..., None], of: Sequence[st.SearchStrategy[Any]], number: int) -> bool:
    """One round; whether it found an input that breaks something, which is printed."""
    quick = settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    try:
        seed(number)(quick(given(*of)(run)))()
    except Exception:
        traceback.print_exc()
        sys.stderr.flush()
        return True
    return False


def _readers(folder: Path, tried: Counter[str]) -> Run:
    def run(told: tuple[str, bytes]) -> None:
        ending, data = told
        tried["files"] += 1
        file_is_read_or_refused(folder / f"input{ending}", data)

    return run, (st.tuples(endings, contents) | mutated_files,)


def _extractor(store: Store, tried: Counter[str]) -> Run:
    tagger = Tagger()

    def run(text: str, narrated: bool) -> None:
        tried["texts"] += 1
        told = text_is_split(text, tagger, narrated=narrated)
        if tried["texts"] % STORED == 0:
            tried["stored"] += 1
            what_was_found_can_be_stored(store, *told)

    return run, (texts | mutated_texts, st.booleans())


if __name__ == "__main__":
    sys.exit(main())
