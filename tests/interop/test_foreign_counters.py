"""Our count of segments held to two counters of other people, on the table of cases and on generated texts.

Where they count differently is said here, with the reason; anything else that differs is a fault of ours.
Both know references of 8 bits only.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from protocols.gsm.segment_cases import COUNTS, EXTENSION, FAMILY
from recado.protocols.gsm import Alphabet, segments
from recado.protocols.gsm.alphabet import GSM7_LETTERS

HERE = Path(__file__).parent

LETTERS = st.sampled_from(sorted(GSM7_LETTERS)) | st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\0")
PIECES = st.sampled_from(["a" * 50, "ą" * 20, "€" * 20, "😀" * 9, FAMILY, "\r\n", "e\u0301", "🇵🇱", *EXTENSION]) | LETTERS
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.text(st.sampled_from("a€["), min_size=150, max_size=480)


def missing():
    if shutil.which("node") is None:
        return "node is not installed"
    return "" if (HERE / "node_modules" / "split-sms").is_dir() else "npm ci was not run in tests/interop"


@pytest.fixture(scope="module")
def counted():
    """Ask both counters about a text."""
    if lacking := missing():
        (pytest.fail if "CI" in os.environ else pytest.skip)(lacking)
    process = subprocess.Popen(["node", str(HERE / "counters.js")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE)

    def ask(text):
        process.stdin.write(json.dumps(text) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    yield ask
    process.stdin.close()
    process.wait(10)
    process.stdout.close()


def ours(text):
    found = segments(text)
    return [found.count, found.encoding is Alphabet.GSM7]


def check(text, theirs):
    if "\x1b" in text:
        return  # An escape is a foreign letter to both, and makes the text Unicode; we send the blank it is shown as.
    assert theirs["split-sms"] == ours(text)
    count, is_gsm = theirs["sms-segments-calculator"]
    if theirs["hasClusters"]:
        # It never cuts a letter with its marks, a flag or a family, which phones join again anyway: it needs as many segments or more.
        assert (count >= ours(text)[0], is_gsm) == (True, ours(text)[1])
    else:
        assert [count, is_gsm] == ours(text)


@pytest.mark.parametrize("case", [case for case in COUNTS.values() if case.width == 8], ids=[name for name in COUNTS if "wide" not in name])
def test_others_count_the_table_as_we_do(counted, case):
    check(case.text, counted(case.text))


@given(TEXTS)
@example("😀" * 33 + "a" + "😀" * 33)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=500)
def test_others_count_any_text_as_we_do(counted, text):
    check(text, counted(text))


def test_the_differences_are_really_there(counted):
    assert counted("a\x1bb")["split-sms"] == [1, False]
    assert counted(FAMILY * 12)["sms-segments-calculator"][0] == 2
    assert counted("a" * 61 + FAMILY + "a" * 62)["sms-segments-calculator"][0] == 3
    assert segments("a" * 61 + FAMILY + "a" * 62).count == 2
