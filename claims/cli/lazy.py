"""A click group that imports a command when it is called: `claims --help` pays for none of them."""

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from claims.cli.options import errors_for_people


class LazyGroup(click.Group):
    """A group whose commands are given by name as ("module:attribute", what the group's help says of it)."""

    def __init__(self, *args: Any, commands_in: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._commands_in = commands_in

    def main(self, *args: Any, **kwargs: Any) -> Any:
        _give_streams()
        # What happens outside the commands: a setting that is none, a help that fills a disk.
        with errors_for_people():
            return super().main(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._commands_in)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._commands_in:
            return None
        module, _, attribute = self._commands_in[cmd_name][0].partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in self._commands_in.items()])


def _give_streams() -> None:
    """Where somebody closed a standard stream (`2>&-`) it leads nowhere: no file that is opened later gets its number,
    and what is told of that run is lost without harm."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))  # noqa: SIM115 (for as long as the program runs)
