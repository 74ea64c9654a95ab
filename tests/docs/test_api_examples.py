"""What the page about the API shows works as it stands, against a running server."""

import json
import os
import re
import shlex
import urllib.request
from typing import Any

import pytest
from pages import DOCS

from recado.apps.accounts.services import create_account, create_api_user, issue_token

PAGE = (DOCS / "howto/use-the-api.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def key(live_server, monkeypatch) -> str:
    made = issue_token(create_api_user(create_account("Kwiaciarnia Róża", language="en"), "shop", "secret"))
    monkeypatch.setenv("RECADO_URL", live_server.url)
    monkeypatch.setenv("RECADO_KEY", made)
    return made


def called(command: str) -> Any:
    """Make the call that a curl command is."""
    words = shlex.split(os.path.expandvars(command.removeprefix("$ curl ")))
    headers = [words[place + 1] for place, word in enumerate(words) if word == "-H"]
    body = words[words.index("-d") + 1].encode() if "-d" in words else None
    request = urllib.request.Request(words[-1], body, dict(header.split(": ", 1) for header in headers))
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def test_the_examples_work_in_their_order(key, capsys):
    commands = [line for block in blocks("console") for line in block.splitlines()]
    listed, added = [called(command) for command in commands]
    assert (listed, added["name"]) == ({"items": [], "next": None}, "Gardeners")
    exec(compile("\n".join(blocks("python")), "docs/howto/use-the-api.md", "exec"), {})
    said = capsys.readouterr().out.splitlines()
    assert [line.partition(" ")[2] for line in said[:1]] == ["Florists and friends 0"]
    assert said[1].startswith("invalid [{'field': 'body.name'")
    assert said[2].startswith("This account has nothing at this address.")
