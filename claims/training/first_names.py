"""Make the lexicon of first names: `python -m claims.training.first_names > claims/speakers/first_names.txt`.

Needs `pip install faker` (MIT licence), whose lists of given names it counts. Nothing else of the program needs it.
"""

import re
from collections import defaultdict
from importlib import import_module

ENGLISH = ("en", "en_US", "en_GB")
OTHERS = tuple(
    "cs_CZ da_DK de_DE es_ES fi_FI fr_FR it_IT nl_NL no_NO pl_PL pt_PT sv_SE tr_TR".split()  # noqa: SIM905
)
CLEARLY = 0.93
"""Above this share of its bearers a name has one gender."""

UNWEIGHTED = 0.0003
"""The share that a name has in a list which gives none."""

_NAME = re.compile(r"[A-ZÀ-Ž][a-zà-ž]+(?:[-’'][A-Z]?[a-z]+)?")


def lists(locale: str) -> list[dict[str, float]]:
    """A locale's names of men and of women with their shares; empty where it has none."""
    provider = import_module(f"faker.providers.person.{locale}").Provider
    found = []
    for attribute in ("first_names_male", "first_names_female"):
        names = getattr(provider, attribute, ())
        found.append(dict(names) if isinstance(names, dict) else dict.fromkeys(names, UNWEIGHTED))
    return found


def main() -> None:
    weight: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    locales: dict[str, set[str]] = defaultdict(set)
    for locale in (*ENGLISH, *OTHERS):
        for gender, names in enumerate(lists(locale)):
            for name, share in names.items():
                weight[name][gender] += share
                locales[name].add("en" if locale in ENGLISH else locale)
    by_gender: dict[str, list[str]] = {"m": [], "f": [], "-": []}
    for name, (men, women) in weight.items():
        if _NAME.fullmatch(name) and ("en" in locales[name] or len(locales[name]) > 1):
            share = men / (men + women)
            by_gender["m" if share > CLEARLY else "f" if share < 1 - CLEARLY else "-"].append(name)
    faker = import_module("faker")
    print(
        "# First names with the gender that most of their bearers have: m, f, or - where both do; a line a gender.\n"
        f"# Counted from the lists of given names of the package Faker {faker.VERSION} (MIT licence): its English\n"
        f"# ones, and names that two of its other European locales share.\n"
        "# Made by: python -m claims.training.first_names"
    )
    for letter, found in by_gender.items():
        print(letter, *sorted(found))


if __name__ == "__main__":
    main()
