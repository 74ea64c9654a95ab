"""Makes previews and stripped copies of contents that wait for them, each in a child process that may come to nothing.

Nothing but pictures is ever opened: archives are not unpacked, documents not rendered, SVG and XML not read. What belongs here: which
contents, running the child, writing down what it made. What does not: decoding (`picture_child`), when it is done (`server.contents`).
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import copyfileobj

import structlog

from recado.apps.media.models import Content, PreviewState, ScanState
from recado.apps.media.showing import show_again
from recado.blobs.base import Blobs

log = structlog.get_logger(__name__)

OPENED = frozenset({
    "image/jpeg", "image/png", "image/gif", "image/bmp", "image/webp", "image/x-icon", "image/vnd.microsoft.icon", "image/tiff",
})  # fmt: skip
SECONDS = 30
MOST_BYTES = 32 * 1024 * 1024


def prepare_waiting(blobs: Blobs, limit: int = 20, *, is_scanning: bool = False) -> int:
    """Make what waits, the newest first; return how many contents were looked at. With a virus scanner, it goes first."""
    unopened = (ScanState.INFECTED, ScanState.RECEIVED) if is_scanning else (ScanState.INFECTED,)
    waiting = Content.objects.filter(preview_state=PreviewState.WAITING).exclude(scan_state__in=unopened)
    found = list(waiting.order_by("-created_at")[:limit])
    for content in found:
        prepare(blobs, content)
    return len(found)


def prepare(blobs: Blobs, content: Content) -> None:
    """Make a preview and a stripped copy of a picture; of anything else note that there is none."""
    if content.content_type not in OPENED or content.size > MOST_BYTES:
        _note(content, preview_state=PreviewState.NONE)
        return
    try:
        made = _made(blobs, content.sha256)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        log.info("preview_failed", sha256=content.sha256, error=type(error).__name__)
        _note(content, preview_state=PreviewState.FAILED)
        return
    _note(content, preview_state=PreviewState.DONE, **made)


def _made(blobs: Blobs, sha256: str) -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="recado-picture-") as name:
        source, small, stripped = (Path(name) / one for one in ("in", "small", "stripped"))
        with blobs.open(sha256) as kept, source.open("wb") as copy:
            copyfileobj(kept, copy)
        command = [sys.executable, "-m", "recado.apps.media.picture_child", str(source), str(small), str(stripped)]
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603  # our own module, paths of our own
        width, height = json.loads(done.stdout)
        found: dict[str, object] = {"width": width, "height": height}
        for column, path in (("preview_sha256", small), ("stripped_sha256", stripped)):
            with blobs.begin() as writing, path.open("rb") as made:
                copyfileobj(made, writing)
                found[column] = writing.finish().sha256
        return found


def _note(content: Content, **what: object) -> None:
    """Write down what became of it, and tell open conversations."""
    Content.objects.filter(pk=content.pk, preview_state=PreviewState.WAITING).update(**what)
    show_again(content.pk)
