"""From files in memory to parts whose contents are durable.

What belongs here: this one step, for whoever has whole files: mails, aggregators, the simulator. What does not: streams (MM7), rows.
"""

from recado.blobs.base import Blobs, keep
from recado.core.media_type import type_of
from recado.core.mms import MmsPart, PartRole
from recado.core.mms_given import GivenFile


def part_of(blobs: Blobs, one: GivenFile) -> MmsPart:
    """Keep a file and return it as a part; raises OSError where it cannot be kept."""
    role = PartRole.TEXT if one.is_text else PartRole.LAYOUT if one.claimed_type == "application/smil" else PartRole.MEDIA
    found = type_of(one.content, one.claimed_type, one.name)
    return MmsPart(role, keep(blobs, one.content), len(one.content), found, one.claimed_type, one.name, one.content_id)
