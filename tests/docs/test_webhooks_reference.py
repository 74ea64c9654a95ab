"""The page about webhooks names what is sent, and its ways to verify work."""

import base64
import json
import re
import subprocess
import time
from datetime import UTC, datetime

from pages import DOCS, sections, table_rows

from recado.core.request_headers import MOST
from recado.core.webhook_reply import MOST_SEGMENTS, ReplyFate
from recado.delivery.event_bodies import as_json, as_xml, fields_of
from recado.delivery.macros import Forwarded
from recado.delivery.request_log import HEADERS_LOGGED, LOGGED
from recado.delivery.twilio_body import form_of
from recado.protocols.webhooks import sign

PAGE = sections("reference/webhooks.md")
WHOLE = (DOCS / "reference/webhooks.md").read_text()
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
MESSAGE = Forwarded(
    4503599627370497,
    "48501222333",
    "48503340503",
    "Gardener tomorrow at 9?",
    AT,
    account_id=1,
    dialogue_id=4503599627370311,
    keyword="GARDENER",
    argument="tomorrow at 9?",
)
SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()
BODY = '{"text":"Żółw"}'


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", WHOLE, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_example_is_what_is_sent():
    assert json.loads(block("json")) == json.loads(as_json([MESSAGE], is_list=False)[0])
    assert as_xml([MESSAGE], is_list=False)[0].decode().startswith(block("xml").partition("…")[0])


def test_every_field_and_every_fate_of_a_reply_is_explained():
    assert [row[0].strip("`") for row in table_rows(PAGE["Body"])] == list(fields_of(MESSAGE))
    assert [row[0].strip("`") for row in table_rows(PAGE["Reply to the person"])][-len(ReplyFate) :] == [fate.value for fate in ReplyFate]


def test_the_form_of_twilio_and_the_limits_are_those_of_the_code():
    assert set(form_of(MESSAGE)) <= set(re.findall(r"`(\w+)`", PAGE["As Twilio sends it"]))
    assert f"up to {MOST}, " in PAGE["Headers"]
    assert f"longer than {MOST_SEGMENTS} segments" in PAGE["Reply to the person"]
    assert f"({HEADERS_LOGGED // 1024} KiB) and body ({LOGGED // 1024} KiB)" in PAGE["What is kept"]


def signed() -> dict[str, str]:
    now = int(time.time())
    signature = "v1,b3RoZXI= " + sign([SECRET], "msg_1", now, BODY.encode())
    return {"webhook-id": "msg_1", "webhook-timestamp": str(now), "webhook-signature": signature}


def test_the_python_of_the_page_verifies():
    names: dict = {}
    exec(block("python"), names)  # what the page says
    assert names["is_genuine"](SECRET, signed(), BODY.encode())
    assert not names["is_genuine"](SECRET, signed(), BODY.encode() + b" ")
    assert not names["is_genuine"](SECRET, signed() | {"webhook-timestamp": "1"}, BODY.encode())


def test_the_javascript_of_the_page_verifies():
    given = ", ".join(json.dumps(one) for one in (SECRET, signed()))
    program = block("javascript") + f"console.log(isGenuine({given}, {json.dumps(BODY)}), isGenuine({given}, '{{}}'))"
    result = subprocess.run(["node", "-e", program], capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["true", "false"]


def test_the_php_of_the_page_verifies():
    given = f"json_decode('{json.dumps(signed())}', true)"
    calls = [f"var_export(is_genuine('{SECRET}', {given}, '{body}'));" for body in (BODY, "{}")]
    result = subprocess.run(["php", "-r", block("php") + "".join(calls)], capture_output=True, text=True, check=True)
    assert result.stdout == "truefalse"
