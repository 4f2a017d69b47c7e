"""What `claims ingest` says at its end."""

from pathlib import Path

from claims.cli.options import database_flag, printable, warn
from claims.cli.tables import counted
from claims.errors import InputRefused
from claims.store import Added, Counts
from claims.terms import Article


class Summary:
    """Collects what became of each input, says what went wrong at once and sums up at the end."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._added: list[Added] = []
        self._known = 0
        self._refused = 0

    @property
    def exit_status(self) -> int:
        """0 if all went in, 1 if some input was refused."""
        return 1 if self._refused else 0

    def refused(self, refusal: InputRefused) -> None:
        self._refused += 1
        warn(f"Refused {refusal}")

    def known(self, article: Article, known_as: str) -> None:
        self._known += 1
        same = "" if known_as == article.path else f" as {known_as}"
        warn(f"Known   {article.path}: this text is stored already{same}; nothing changed")

    def added(self, article: Article, added: Added) -> None:
        if added.known_article:  # another process stored it in the meantime
            self.known(article, added.known_as or article.path)
            return
        self._added.append(added)
        warn(f"Stored  {article.path}: {counted(added.attributions, 'attribution')}")

    def stopped(self) -> str:
        """What is said where a person stops the command."""
        return (
            f"Stopped. {counted(len(self._added), 'new article')} stored, which stay; "
            "the same command goes on from there."
        )

    def text(self, counts: Counts) -> str:
        """The closing lines, for standard output."""

        def total(name: str) -> int:
            return sum(getattr(added, name) for added in self._added)

        lines = [
            f"Articles      {len(self._added)} new, {self._known} known already"
            + (f", {self._refused} refused" if self._refused else ""),
            f"Attributions  {total('attributions')} new",
            f"Claims        {total('new_claims')} new, {total('known_claims')} known already",
            f"Sources       {total('new_sources')} new, {total('known_sources')} known already",
            f"The database {printable(str(self._database))} now holds {counted(counts.articles, 'article')}, "
            f"{counted(counts.attributions, 'attribution')}, {counted(counts.claims, 'claim')} and "
            f"{counted(counts.sources, 'source')}.",
            f"Look at them: claims serve{database_flag(self._database)}",
        ]
        return "\n".join(lines)
