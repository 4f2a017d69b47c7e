"""Average the weights of several runs into one tagger: `python -m claims.training.soup A.pt B.pt OUT.pt`.

Runs that start from the same weights and differ in their seed lie in one basin; their mean generalises better
than each (Wortsman et al., Model soups, 2022).
"""

import argparse
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    runs = [torch.load(path, weights_only=False) for path in options.runs]
    mean = {name: torch.stack([run["state"][name].float() for run in runs]).mean(dim=0) for name in runs[0]["state"]}
    torch.save({**runs[0], "state": mean, "options": {"soup": [run["options"] for run in runs]}}, options.out)


if __name__ == "__main__":
    main()
