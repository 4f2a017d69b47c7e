"""How fast attributions are extracted: `python benchmarks/extraction.py FOLDER` of articles.

Prints the time to load the model, words a second from text to attributions in one process with one thread (the
median of five passes after one that is not counted), what naming speakers adds, and the memory at its highest.
"""

import argparse
import resource
import statistics
import time

from claims.attribution.relations import find_relations
from claims.attribution.tagger import Tagger
from claims.extraction import extract
from claims.reading import read_articles
from claims.terms import Article

PASSES = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    articles = [a for a in read_articles([parser.parse_args().folder]) if isinstance(a, Article)]
    words = sum(len(article.text.split()) for article in articles)
    began = time.perf_counter()
    tagger = Tagger()
    print(f"model loaded in {time.perf_counter() - began:.2f} s")
    everything, relations = [], []
    for _ in range(PASSES + 1):
        began = time.perf_counter()
        found = sum(len(extract(article, tagger)) for article in articles)
        everything.append(time.perf_counter() - began)
        began = time.perf_counter()
        for article in articles:
            find_relations(article.text, tagger)
        relations.append(time.perf_counter() - began)
    spent, tagging = statistics.median(everything[1:]), statistics.median(relations[1:])
    print(f"{len(articles)} articles, {words:,} words, {found:,} attributions")
    print(f"{words / spent:,.0f} words/s (passes {min(everything[1:]):.2f} to {max(everything[1:]):.2f} s)")
    print(f"{spent / tagging - 1:.0%} on top of finding relations for names, stance and wording")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB resident at most")


if __name__ == "__main__":
    main()
