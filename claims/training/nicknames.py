"""Make the lexicon of nicknames: `python -m claims.training.nicknames > claims/identity/nicknames.txt`.

Needs `pip install nicknames` (Apache-2.0 licence), whose hand-curated pairs it takes over, but for those that lead from
a man's name to a woman's or back. Nothing else of the program needs the package.
"""

from importlib import import_module
from importlib.metadata import version

from claims.speakers.lexicon import lexicon


def main() -> None:
    pairs = import_module("nicknames").NickNamer().nickname_lookup
    gender = {name.lower(): letter for name, letter in lexicon().first_names.items()}
    print(
        "# Given names with the short and pet forms of each, in lower case; a line a name.\n"
        f"# From the package nicknames {version('nicknames')} (Apache-2.0 licence, Carlton Northern and Nick Crews),\n"
        "# without pairs of a man's and a woman's name. Made by: python -m claims.training.nicknames"
    )
    for name in sorted(pairs):
        own = gender.get(name, "")
        short = [other for other in sorted(pairs[name]) if {own, gender.get(other, "")} != {"m", "f"}]
        if name.isalpha() and short:
            print(name, *(other for other in short if other.isalpha()))


if __name__ == "__main__":
    main()
