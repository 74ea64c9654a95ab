"""The page about actions and trails names each, with its values."""

import ast
import itertools
import re

import pytest
from pages import PACKAGE, sections, table_rows

from recado.core.action import ACTION_NAMES
from recado.core.reply import PLACEHOLDERS
from recado.core.trail import SkipReason, TrailStep

PAGE = sections("reference/actions.md")


def documented(section: str) -> dict[str, list[str]]:
    return {row[0].strip("`"): row[1:] for row in table_rows(PAGE[section])}


def noted_values() -> dict[str, set[str]]:
    """The values each step carries, as noted beside it in the source: names in front of commas, explanations in brackets left out."""
    body = next(node for node in ast.parse((PACKAGE / "core/trail.py").read_text()).body if getattr(node, "name", "") == "TrailStep").body
    noted = {}
    for step, note in itertools.pairwise(body):
        if isinstance(step, ast.Assign) and isinstance(note, ast.Expr):
            text = re.sub(r"\([^()]*(\([^()]*\)[^()]*)*\)", "", note.value.value)
            names = [part.split(":")[0].strip() for part in text.split(",")]
            noted[step.value.value] = {name for name in names if re.fullmatch(r"[a-z_]+", name)}
    return noted


def test_every_action_is_documented_under_its_name_and_type():
    assert {name: row[0].strip("`") for name, row in documented("Actions").items()} == {
        name: action.__name__ for action, name in ACTION_NAMES.items()
    }


def test_every_placeholder_is_documented():
    assert all(f"`{{{name}}}`" in PAGE["Actions"] for name in PLACEHOLDERS)


def test_every_step_is_documented_and_no_other():
    assert set(documented("Trail steps")) == set(TrailStep)


@pytest.mark.parametrize("step", TrailStep)
def test_the_values_of_a_step_are_those_noted_in_the_source(step):
    assert set(re.findall(r"`(\w+)`", documented("Trail steps")[step][0])) == noted_values()[step]


def test_every_reason_is_documented_and_no_other():
    assert set(documented("Reasons")) == set(SkipReason)
