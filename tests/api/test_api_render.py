"""JSON and XML shapes of answers and errors."""

import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.api.compat.errors import ERRORS
from recado.api.compat.render import render_error, render_success


def xml(answer):
    return render_success(answer, "xml").content.decode()


def test_a_list_in_xml_has_items_with_the_names_of_json():
    answer = {
        "paging": {"page": 1, "count": 2},
        "items": [{"id": 7, "name": "A & B <c>", "blacklist": False, "group_id": None}],
        "success": True,
    }
    assert xml(answer) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<response><paging><page>1</page><count>2</count></paging>'
        "<items><item><id>7</id><name>A &amp; B &lt;c&gt;</name><blacklist>false</blacklist><group_id></group_id></item></items>"
        "<success>true</success></response>"
    )


def test_an_empty_list_in_xml_is_an_empty_element():
    assert "<items></items>" in xml({"items": []})


def test_an_error_in_xml_is_the_root_itself():
    response = render_error(ERRORS[1001], "xml", "en")
    root = ET.fromstring(response.content)
    assert [root.tag, *(child.tag for child in root)] == ["error", "code", "type", "message"]
    assert (root.findtext("code"), root.findtext("type")) == ("1001", "InvalidUser")
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"


def test_an_error_in_json_has_a_number_for_its_code():
    response = render_error(ERRORS[1012], "json", "pl")
    assert json.loads(response.content) == {"error": {"code": 1012, "type": "InvalidToken", "message": "Token jest nieprawidłowy"}}


@pytest.mark.parametrize("form", ["json", "xml"])
def test_answers_are_never_cached(form):
    assert render_success({}, form).headers["Cache-Control"] == "no-store"


@given(st.text(st.characters(codec=None)))
def test_any_text_makes_readable_json_and_xml(text):
    answer = {"items": [{"text": text}]}
    readable = text.encode("utf-8", "replace").decode()
    assert json.loads(render_success(answer, "json").content)["items"][0]["text"] == readable
    assert ET.fromstring(render_success(answer, "xml").content).find("items/item/text") is not None
