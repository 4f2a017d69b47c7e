"""Articles annotated in brat standoff, as PolNeAR publishes them: texts beside their attribution relations."""

import re
from dataclasses import dataclass
from pathlib import Path

from claims.terms import ROLES, Relation, Span

_SPAN_LINE = re.compile(r"^(T\d+)\t(\S+) ([\d ;]+)\t", re.MULTILINE)
_RELATION_LINE = re.compile(r"^E\d+\t(\S.*)$", re.MULTILINE)
_ROLE = re.compile(r"(Source|Cue|Content)\d*:(T\d+)")


@dataclass(frozen=True)
class AnnotatedArticle:
    """A text and its relations by one annotator."""

    name: str
    text: str
    relations: tuple[Relation, ...]


def read_corpus(folder: Path) -> list[AnnotatedArticle]:
    """Read `folder/text/*.txt` with `folder/attributions/<name>_<annotator>.ann`.

    Of several annotators the alphabetically first counts, as in the corpus' own scorer. Relations without content
    are dropped.

    Raises FileNotFoundError if `folder` holds no such texts.
    """
    articles = []
    for path in sorted((folder / "text").glob("*.txt")):
        name = path.stem
        annotations = sorted(p for p in (folder / "attributions").glob("*.ann") if p.stem.rpartition("_")[0] == name)
        if annotations:
            text = path.read_bytes().decode("utf-8")
            articles.append(AnnotatedArticle(name, text, _relations(annotations[0].read_bytes().decode("utf-8"))))
    if not articles:
        raise FileNotFoundError(f"{folder}: no text/*.txt with attributions/*.ann beside it")
    return articles


def _relations(standoff: str) -> tuple[Relation, ...]:
    spans = {
        match[1]: [Span(*map(int, piece.split())) for piece in match[3].split(";")]
        for match in _SPAN_LINE.finditer(standoff)
    }
    relations = []
    for match in _RELATION_LINE.finditer(standoff):
        parts: dict[str, list[Span]] = {role: [] for role in ROLES}
        for role, reference in _ROLE.findall(match[1]):
            parts[role.lower()] += spans[reference]
        if parts["content"]:
            source, cue, content = (tuple(sorted(parts[role])) for role in ROLES)
            relations.append(Relation(source, cue, content, confidence=1.0, rule="annotated"))
    return tuple(relations)
