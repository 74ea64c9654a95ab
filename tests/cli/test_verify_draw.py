"""`recado verify-draw`: on a machine that has nothing but the file."""

import json
import os
import subprocess
import sys

import pytest

from recado.core.draw import canonical, commitment, draw, entry_hash, list_hash
from recado.core.instant_win import hits, promise

SEED = bytes(range(32))
ENTRIES = canonical([entry_hash(b"salt", number, "48500600700") for number in range(9)])


@pytest.fixture
def protocol():
    return {
        "format": "recado-draw-1",
        "contest": "Roses",
        "entries": ENTRIES,
        "list_sha256": list_hash(ENTRIES),
        "seed_sha256": commitment(SEED),
        "seed": SEED.hex(),
        "beacon": "",
        "winners": 2,
        "reserves": 1,
        "order": draw(ENTRIES, 3, SEED),
        "redraws": [],
    }


def verify(tmp_path, found, *options):
    file = tmp_path / "protocol.json"
    file.write_text(found if isinstance(found, str) else json.dumps(found))
    environment = {**os.environ, "RECADO_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/nothing", "RECADO_DATA": str(tmp_path / "none")}
    command = [sys.executable, "-m", "recado.cli", "verify-draw", str(file), *options]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_draw_that_holds_says_what_to_compare(tmp_path, protocol):
    done = verify(tmp_path, protocol)
    assert (done.returncode, done.stderr) == (0, "")
    assert "The draw holds: 9 entries, 3 drawn, 0 repetitions." in done.stdout
    assert protocol["list_sha256"] in done.stdout
    assert not (tmp_path / "none").exists()


def test_what_was_published_is_compared(tmp_path, protocol):
    hashes = ("--list-hash", protocol["list_sha256"].upper(), "--seed-hash", protocol["seed_sha256"])
    assert verify(tmp_path, protocol, *hashes).returncode == 0
    assert "promised" in verify(tmp_path, protocol, "--seed-hash", "0" * 64).stderr


def test_a_changed_protocol_and_a_file_that_is_none_are_refused(tmp_path, protocol):
    changed = verify(tmp_path, {**protocol, "order": protocol["order"][::-1]})
    assert (changed.returncode, "another order" in changed.stderr) == (2, True)
    assert "format" in verify(tmp_path, {}).stderr
    assert verify(tmp_path, "no json").returncode == 2


def test_instant_wins_are_checked_by_the_same_command(tmp_path):
    entries = [{"sequence": one, "day": "2026-11-27", "won": hits(SEED, one, 3)} for one in range(1, 10)]
    found = {"format": "recado-instant-1", "contest": "Roses", "seed": SEED.hex(), "seed_sha256": promise(SEED), "odds": 3}
    found |= {"cap": None, "cap_per_day": None, "entries": entries}
    done = verify(tmp_path, found)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"The instant wins hold: 9 entries, {sum(one['won'] for one in entries)} won." in done.stdout
    assert found["seed_sha256"] in done.stdout
    entries[4]["won"] = not entries[4]["won"]
    assert "entry 5 should" in verify(tmp_path, found).stderr
