"""The page about the command line names every command and option, and none that is not there."""

import re
from collections.abc import Iterator

import click
import pytest
from pages import DOCS, ROOT, sections

from recado.cli.root import root

PAGE = sections("reference/cli.md")


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from commands(found, f"{path} {name}")


COMMANDS = dict(commands(root, "recado"))


def options(command: click.Command) -> set[str]:
    return {name for parameter in command.params if isinstance(parameter, click.Option) for name in parameter.opts}


def test_every_command_has_a_section_and_no_other_has():
    assert set(PAGE) == set(COMMANDS)


@pytest.mark.parametrize("path", COMMANDS)
def test_every_option_is_explained_and_no_other(path):
    explained = set(re.findall(r"(?<=`)--?[a-z-]+(?=`)", "".join(re.findall(r"^`-.*$", PAGE[path], re.MULTILINE))))
    assert explained - {"-h", "--help"} == options(COMMANDS[path])


@pytest.mark.parametrize("path", [path for path, command in COMMANDS.items() if command.params and path != "recado"])
def test_required_options_are_said_to_be_required(path):
    for parameter in COMMANDS[path].params:
        if isinstance(parameter, click.Option) and parameter.required:
            explanation = PAGE[path].split(f"`{parameter.opts[0]}`\n")[1].split("\n\n")[0]
            assert "Required." in explanation


def test_commands_that_other_pages_show_exist():
    shown = set()
    for page in [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]:
        shown |= set(re.findall(r"(?:^|bin/|`)(recado(?: [a-z][a-z-]*){1,2})", page.read_text(), re.MULTILINE))
    assert {"recado serve", "recado link add"} <= shown
    assert [line for line in shown if not known(line)] == []


def known(line: str) -> bool:
    """A whole command, or a command that takes no subcommands followed by an argument."""
    first = " ".join(line.split()[:2])
    return line in COMMANDS or (first in COMMANDS and not isinstance(COMMANDS[first], click.Group))
