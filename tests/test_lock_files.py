"""Lock files name versions and hashes, never where to fetch them: they serve with every registry."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = [*ROOT.glob("requirements/*.txt"), ROOT / "tools/node/package-lock.json", ROOT / "tests/interop/package-lock.json"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: str(lock.relative_to(ROOT)))
def test_a_lock_file_holds_hashes_and_no_address(lock: Path):
    text = lock.read_text()
    assert "sha512-" in text or "--hash=sha256:" in text
    assert "://" not in text
