"""Make the lexicon of surnames: `python -m claims.training.surnames > claims/identity/surnames.txt`.

Needs `pip install faker` (MIT licence), whose list of the most frequent surnames of the USA it takes over, in that
order. Nothing else of the program needs it.
"""

from importlib import import_module


def main() -> None:
    shares = import_module("faker.providers.person.en_US").Provider.last_names
    faker = import_module("faker")
    print(
        "# The most frequent surnames of the USA, in lower case, most frequent first; a line a hundred.\n"
        f"# From the package Faker {faker.VERSION} (MIT licence). Made by: python -m claims.training.surnames"
    )
    names = [name.lower() for name in sorted(shares, key=lambda name: (-shares[name], name)) if name.isalpha()]
    for start in range(0, len(names), 100):
        print(*names[start : start + 100])


if __name__ == "__main__":
    main()
