"""All that is known of one source, set for people."""

from claims.cli.cards import decision_line, more_line, part_lines
from claims.cli.options import printable
from claims.cli.sources import commands_that_decide
from claims.cli.tables import counted, table
from claims.store import Mention, PossiblySame, SourceCard, SourceName, StatedRole


def as_text(card: SourceCard, limit: int, flag: str) -> list[str]:
    """The card as lines, with the latest `limit` articles and roles; `flag` names the database in commands to type."""
    row = card.row
    lines = [
        printable(f"{row.id}  {row.name}  ({row.kind})"),
        f"{counted(row.attributions, 'attribution')} in {counted(row.articles, 'article')}",
    ]
    if row.article_id is not None:
        lines.append(f"Described, not named: known in article {row.article_id} alone.")
    if row.renamed:
        lines.append("A person chose this name.")
    if card.asked is not None:
        lines.append(f"Number {card.asked} was merged into it.")
    parts = {
        "Names": table(
            [(n.name, n.articles, "yes" if n.identifies else "no", _why_name(card, n)) for n in card.names],
            ("name", "articles", "leads here", "why"),
        ),
        "Articles": [
            *(line for mention in card.mentions[:limit] for line in _mention(mention)),
            *more_line(card.mention_count - min(limit, len(card.mentions))),
        ],
        "Roles": [*map(_role, card.roles[:limit]), *more_line(len(card.roles) - limit)],
        "Merged into it": [
            f"{f.id}  {f.name}  ({f.kind}), {f.merged_at[:10]}; {f.rule}: {f.reason}" for f in card.folded
        ],
        "Possibly the same": [line for pair in card.possible for line in _possible(card, pair, flag)],
        "Not the same": [f"{other.id}  {other.name}  ({other.kind})" for other in card.apart],
        "Decisions": [decision_line(d) for d in card.decisions],
    }
    return [*lines, *part_lines(parts)]


def _why_name(card: SourceCard, name: SourceName) -> str:
    """Which rule or decision made it a name, and the reason given where that was."""
    if name.decision_id is not None:
        return f"{name.rule}, decision {name.decision_id}"
    first_read = [mention for mention in reversed(card.mentions) if mention.name == name.name]
    reason = first_read[0].reason if first_read and first_read[0].rule == name.rule else ""
    return f"{name.rule}: {reason}" if reason else name.rule


def _mention(mention: Mention) -> list[str]:
    where = f"{mention.published or 'undated':10}  {mention.article} (article {mention.article_id})"
    said = counted(mention.attributions, "attribution")
    return [where, f'    as "{mention.name}", {said}; {mention.rule}: {mention.reason}']


def _role(role: StatedRole) -> str:
    return f"{role.published or 'undated':10}  {role.text}, in {role.article} (article {role.article_id})"


def _possible(card: SourceCard, pair: PossiblySame, flag: str) -> list[str]:
    here = pair.id == card.row.id
    other = (pair.other_id, pair.other_name, pair.other_kind) if here else (pair.id, pair.name, pair.kind)
    return [
        f"{other[0]}  {other[1]}  ({other[2]}), {pair.score:.2f}: {pair.reason}",
        *commands_that_decide(card.row.id, other[0], flag),
    ]
