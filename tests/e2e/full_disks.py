"""Two ways to run out of room under a running process: a limit on the size of its files and, where one may mount, a real full disk."""

import resource
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

SPARE = 300_000
"""Octets that a file may still grow, so that the limit is met by the database and not by the log."""


class LimitedFiles:
    """The process may not let any file grow; it needs no rights, so it works everywhere."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, pid: int) -> None:
        largest = max(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (largest + SPARE, resource.RLIM_INFINITY))

    def make_room(self, pid: int) -> None:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def remove(self) -> None:
        """Leave the folder to pytest."""


class SmallDisk:
    """A file system of a few megabytes in memory, with everything on it: data, log, temporary files of SQLite."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        command = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("file systems cannot be mounted here")

    def fill(self, pid: int) -> None:  # noqa: ARG002  # the other way needs it
        with (self.folder / "ballast").open("wb", buffering=0) as ballast, suppress(OSError):
            while ballast.write(bytes(4096)):
                pass

    def make_room(self, pid: int) -> None:  # noqa: ARG002  # same
        (self.folder / "ballast").unlink()

    def remove(self) -> None:
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True)


FULL_DISKS: dict[str, Callable[[Path], LimitedFiles | SmallDisk]] = {"limited files": LimitedFiles, "small disk": SmallDisk}
