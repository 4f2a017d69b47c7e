"""Counts how common stems are in PolNeAR's training articles and writes `claims/matching/lexicon/frequencies.txt`.

    python -m claims.training.matching_frequencies CORPUS/train/text claims/matching/lexicon/frequencies.txt

A row: stem, ln(articles / articles that have it), and "N" where most of its uses inside a sentence have a capital.
Stems in fewer than three articles are left out: names of one story would only make the table long.
"""

import math
import re
import sys
from collections import Counter
from pathlib import Path

HEAD = """\
# How rare a stem is: stem, ln(articles / articles that have it), N if it mostly has a capital inside a sentence.
# Counted by claims/training/matching_frequencies.py over the {articles} training articles of PolNeAR 1.0 (US politics).
"""


def main(folder: str, target: str) -> None:
    """Count the `.txt` files of `folder` and write the table to `target`."""
    path = Path(target)
    if not path.exists():
        path.write_text("", encoding="utf-8")
    from claims.matching.words import canonical, level

    articles, seen, capital, uses = 0, Counter[str](), Counter[str](), Counter[str]()
    for article in sorted(Path(folder).glob("*.txt")):
        articles += 1
        text = level(article.read_text(encoding="utf-8"))
        stems = set()
        for match in re.finditer(r"[^\W\d_]+(?:'[^\W\d_]+)*", text):
            word = match.group()
            found = canonical(word.lower())
            stems.add(found)
            before = text[max(0, match.start() - 2) : match.start()]
            if len(before) == 2 and before[1] == " " and (before[0].isalpha() or before[0] == ","):
                uses[found] += 1
                capital[found] += word[0].isupper()
        seen.update(stems)
    rows = [
        f"{found} {math.log(articles / count):.2f}{' N' if capital[found] > 0.6 * uses[found] else ''}\n"
        for found, count in sorted(seen.items())
        if count >= 3
    ]
    path.write_text(HEAD.format(articles=articles) + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
