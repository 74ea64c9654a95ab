"""The command as a process: what an operator sees where the installation cannot run, and on the first and the second start."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from recado.cli.root import COMMANDS
from recado.testing.process import RunningRecado

pytestmark = pytest.mark.slow


def run(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RECADO_")} | settings
    command = [sys.executable, "-m", "recado.cli", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def told(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one sentence on standard error of a command that could not be run."""
    assert done.returncode == 2, done
    assert done.stderr.startswith("recado: ")
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_a_taken_port_is_told_before_anything_is_started(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = run("serve", RECADO_DATA=str(tmp_path / "data"), RECADO_PORT=str(other.getsockname()[1]))
    assert "set RECADO_PORT to a free one" in told(done)
    assert not (tmp_path / "data").exists()


def test_a_database_server_that_is_not_there_is_told(tmp_path: Path):
    done = run("migrate", RECADO_DATA=str(tmp_path), RECADO_DATABASE_URL="postgresql://me:hush@127.0.0.1:1/recado")
    sentence = told(done)
    assert "check RECADO_DATABASE_URL" in sentence
    assert "hush" not in sentence


@pytest.mark.parametrize("place", ["taken", "taken/below"])
def test_a_data_folder_that_is_a_file_is_told(tmp_path: Path, place: str):
    (tmp_path / "taken").write_text("in the way")
    assert "set RECADO_DATA to a folder" in told(run("account", "list", RECADO_DATA=str(tmp_path / place)))


def test_an_empty_installation_says_how_to_prepare_it(tmp_path: Path):
    settings = {"RECADO_DATA": str(tmp_path)}
    assert "recado migrate" in told(run("account", "list", **settings))
    done = run("doctor", **settings)
    assert done.returncode == 1
    assert "migrations are missing" in done.stdout
    assert "Run: recado migrate" in done.stdout


def test_every_command_is_listed_and_explains_itself():
    listed = run("--help").stdout
    assert all(f"  {name} " in listed for name in COMMANDS)
    assert run("nonsense").returncode == 2


def test_the_demo_is_loaded_once_and_a_second_start_keeps_everything(loaded_demo: Path, tmp_path: Path):
    assert "roza@demo.example" in (loaded_demo.parent / "said").read_text()
    shutil.copytree(loaded_demo, tmp_path, dirs_exist_ok=True)
    settings = {"RECADO_DATA": str(tmp_path)}
    listed = run("account", "list", **settings).stdout
    assert listed.count("Klinika Zdrowie") == 1
    with RunningRecado(tmp_path, demo=True) as recado:
        assert recado.url in recado.log.read_text()
        assert "Everything is in order." in run("doctor", **settings).stdout
    assert run("account", "list", **settings).stdout == listed


def test_what_an_installation_keeps_is_its_owners_alone(loaded_demo: Path):
    modes = {path.name: path.stat().st_mode & 0o077 for path in (loaded_demo, *loaded_demo.iterdir())}
    assert {"secret-key", "recado.sqlite3"} < modes.keys()
    assert set(modes.values()) == {0}
