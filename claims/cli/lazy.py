"""A click group that imports a command when it is called: `claims --help` pays for none of them."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

_SHORT_HELP = {
    "ingest": "Read articles and store their claims.",
    "extract": "Read articles and print their attributions.",
    "match": "Find the known claims nearest to a wording, or judge pairs.",
    "dedupe": "Cluster wordings of claims without a database.",
    "serve": "Browse the database in Datasette.",
}


class LazyGroup(click.Group):
    """A group whose commands are named as "module:attribute"."""

    def __init__(self, *args: Any, commands_in: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._commands_in = commands_in

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._commands_in)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._commands_in:
            return None
        module, _, attribute = self._commands_in[cmd_name].partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _SHORT_HELP[name]) for name in self.list_commands(ctx)])
