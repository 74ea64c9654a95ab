"""Every shape of request seen from client libraries: a recorded body in cases/, and what must be read from it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.api.compat.decode import MAX_OBJECTS, MAX_VALUES, decode_body
from recado.api.compat.errors import ApiError
from recado.api.compat.packed import unpack
from recado.api.compat.params import Params

CASES = {path.stem: json.loads(path.read_text()) for path in sorted((Path(__file__).parent / "cases").glob("*.json"))}
METHODS = ("text", "boolean", "identifier", "identifiers", "msisdn", "address", "addresses", "moment", "rows", "personalised")


def plain(value):
    return json.loads(json.dumps(value))


def read_one(params, method, name):
    return params.addresses(name, 100) if method == "addresses" else getattr(params, method)(name)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_recorded_request_is_read(case):
    params = Params(decode_body(case["body"].encode(), case["content_type"]))
    read = [plain(read_one(params, each["read"], each["name"])) for each in case["reads"]]
    assert read == [each["gives"] for each in case["reads"]]


def test_a_list_too_long_for_one_query_is_refused():
    with pytest.raises(ApiError):
        Params({"id": list(range(10_001))}).identifiers()
    with pytest.raises(ApiError):
        Params({"phone": "500600700,500600701"}).addresses("phone", 1)


def test_integers_have_a_default():
    params = Params(decode_body(b"limit=20&page=", ""))
    assert (params.integer("limit", 100), params.integer("page", 1), params.integer("other", 7)) == (20, 1, 7)


@pytest.mark.parametrize(
    "body",
    [
        "a[b=1",
        "a]b[=1",
        "[0]=1",
        "a[0]=1&a=2&a[0][x]=3",
        "a=1&a[]=2",
        "&&&",
        "=",
        "=x&y",
        "a[" + "[" * 500,
        "a" + "[0]" * 500 + "=1",
        "%",
        "a[%00]=%ff",
    ],
)
def test_a_malformed_form_is_read_somehow(body):
    decode_body(body.encode(), "application/x-www-form-urlencoded")


def read_everything(params):
    for name in [*params.values, "absent"]:
        for method in METHODS:
            try:
                read_one(params, method, name)
            except ApiError:
                continue


@given(st.binary(max_size=200), st.sampled_from(["application/json", "application/x-www-form-urlencoded", ""]))
def test_no_body_ends_in_anything_but_an_api_error(body, content_type):
    try:
        decoded = decode_body(body, content_type)
    except ApiError:
        return
    read_everything(Params(decoded))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.text(max_size=5), json_values, max_size=4))
def test_no_json_ends_in_anything_but_an_api_error(values):
    read_everything(Params(decode_body(json.dumps(values).encode(), "application/json")))


@given(
    st.lists(
        st.tuples(st.from_regex(r"[0-9]{9}", fullmatch=True), st.from_regex(r"[^\]\[|]{1,20}", fullmatch=True)), min_size=1, max_size=5
    )
)
def test_packed_messages_come_back_as_packed(messages):
    packed = "]|[".join(f"{phone}:{text}" for phone, text in messages)
    assert unpack(packed) == messages
    assert unpack(packed + "]|[") == messages


pairs = st.lists(st.tuples(st.from_regex(r"[a-z]{1,5}", fullmatch=True), st.text(max_size=20)), max_size=5)


@given(pairs)
def test_a_form_gives_back_what_was_put_in(fields):
    from urllib.parse import urlencode

    storable = {name: value.replace("\0", "") for name, value in fields}
    assert decode_body(urlencode(fields).encode(), "") == storable


@pytest.mark.parametrize(
    "body",
    [
        b'{"a":[' + b"{}," * MAX_OBJECTS + b"{}]}",
        b'{"a":' + b"[" * MAX_OBJECTS,
        b'{"a":[' + b"0," * (MAX_VALUES + 1) + b"0]}",
        b"a=1&" * (MAX_VALUES + 1),
    ],
    ids=["objects", "depth", "values", "fields"],
)
def test_a_body_of_endlessly_many_values_is_refused_before_it_is_taken_apart(body):
    with pytest.raises(ApiError):
        decode_body(body, "")
