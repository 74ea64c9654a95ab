"""What forwards tell of received MMS: subjects and files.

What belongs here: reading that for claimed forwards, at no cost where no message is an MMS. What does not: links, bodies (`delivery`).
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from recado.store.dialect import Connection
from recado.store.insert import BIGINT

_MMS = "SELECT m.id, m.subject FROM {keys} CROSS JOIN mms_receivedmms m WHERE m.id = k.a"
_FILES = """SELECT a.message_id, a.id, a.name, a.content_type, a.size, a.sha256, c.stripped_sha256, c.scan_state, c.preview_state
    FROM {keys} CROSS JOIN mms_attachment a LEFT JOIN media_content c ON c.sha256 = a.sha256
    WHERE a.message_id = k.a AND a.role = 'media' ORDER BY a.message_id, a.position"""


class ToldFile(NamedTuple):
    """One file of an MMS."""

    id: int
    name: str
    content_type: str
    size: int
    sha256: str
    stripped_sha256: str
    """Of a picture, its copy without place and phone; empty: none was made, or not yet."""
    scan_state: str
    preview_state: str = ""
    """Whether the copy is still to be made (`waiting`)."""


class ToldMms(NamedTuple):
    """What an MMS has beside its text."""

    subject: str
    files: tuple[ToldFile, ...]


def load_told(con: Connection, message_ids: Iterable[int]) -> dict[int, ToldMms]:
    """Return what those of the messages have that are MMS."""
    found: dict[int, str] = dict(con.rows_for(_MMS, (BIGINT,), sorted({(key,) for key in message_ids})))
    files: dict[int, list[ToldFile]] = {key: [] for key in found}
    for row in con.rows_for(_FILES, (BIGINT,), sorted((key,) for key in found)):
        key, *columns, stripped, scanned, preview = row
        files[key].append(ToldFile._make((*columns, stripped or "", scanned or "", preview or "")))
    return {key: ToldMms(subject, tuple(files[key])) for key, subject in found.items()}


def told_sample(sample: Mapping[str, Any] | None) -> ToldMms | None:
    """Return what a message that nobody sent has where it is an MMS (`apps.outbox.redelivery.SampleMms`)."""
    mms = (sample or {}).get("mms")
    if mms is None:
        return None
    return ToldMms(mms["subject"], (ToldFile(0, mms["name"], mms["content_type"], mms["size"], mms["sha256"], "", "clean", "none"),))
