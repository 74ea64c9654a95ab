"""Every code the source records has a sentence, every kind a name, and no sentence is for a code nobody records."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

import recado
from recado.apps.audit.models import AuditEntry
from recado.panel.audit_words import ACTIONS, KINDS, differences, sentence
from recado.panel.sign_in.adapter import CHANGES

SOURCE = Path(recado.__file__).parent
CODE = re.compile(r"[a-z_]+\.[a-z_]+")
RECORDERS = {"record", "note"}


def recorded_codes() -> Iterator[str]:
    for path in SOURCE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in RECORDERS:
                arguments = (inner for argument in call.args for inner in ast.walk(argument))
                yield from (each.value for each in arguments if isinstance(each, ast.Constant) and CODE.fullmatch(str(each.value)))


def test_every_recorded_code_has_a_sentence():
    codes = {*recorded_codes(), *CHANGES.values()}
    assert {"company.changed", "member.removed", "group.deleted"} <= codes
    assert codes - ACTIONS.keys() == set()


def test_every_kind_of_action_has_a_name_to_filter_by():
    assert {code.partition(".")[0] for code in ACTIONS} == KINDS.keys()


@pytest.mark.parametrize("code", ACTIONS)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_every_sentence_can_be_said(code, language):
    with override(language):
        said = sentence(AuditEntry(action=code, object_name="OGRODNIK"))
    assert said
    assert "%" not in said


def test_a_code_of_another_version_shows_itself():
    assert sentence(AuditEntry(action="moon.landed", object_name="Armstrong")) == "moon.landed Armstrong"


def test_what_changed_is_said_in_words():
    entry = AuditEntry(before={"role": "agent", "label": ""}, after={"role": "admin", "label": "Shop", "unheard_of": True})
    with override("en"):
        said = differences(entry)
    assert said == [("Role", "Agent", "Manager"), ("Label", "", "Shop"), ("unheard_of", "", "Yes")]


def test_what_programs_note_as_a_code_is_said_in_words():
    with override("en"):
        assert differences(AuditEntry(before={}, after={"scope": "account"})) == [("What for", "", "Everything")]
        assert differences(AuditEntry(before={}, after={"scope": "Group Gardeners"})) == [("What for", "", "Group Gardeners")]
