"""MMS in the outbox, for tests."""

from outbox_rows import NOW, OutboxRows

from recado.blobs.base import keep
from recado.blobs.local import LocalBlobs


def as_mms(outbox: OutboxRows, blobs: LocalBlobs, job: int, *files, subject: str = "Holidays") -> int:
    """Make the message of a job an MMS of the files given: octets, type, name, and what is known of their content."""
    (message,) = outbox.con.row("SELECT message_id FROM outbox_job WHERE id = ?", (job,))
    outbox.insert("mms_receivedmms", id=message, subject=subject, slides="[]")
    for position, (octets, content_type, name, known) in enumerate(files):
        sha256 = keep(blobs, octets) if octets else "0" * 64
        content = {"size": len(octets), "content_type": content_type, "scan_word": "", "preview_sha256": "", "stripped_sha256": ""}
        content |= {"scan_state": "clean", "preview_state": "none", "created_at": NOW} | known
        outbox.insert("media_content", sha256=sha256, **content)
        part = {"message_id": message, "position": position, "role": "media", "claimed_type": "", "content_id": ""}
        values = {"sha256": sha256, "size": len(octets), "content_type": content_type, "name": name}
        outbox.insert("mms_attachment", id=message * 10 + position, **part, **values)
    return job
