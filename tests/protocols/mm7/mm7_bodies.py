"""Bodies of message centres written for these tests, and what a reader makes of one."""

from dataclasses import dataclass

from recado.protocols.mm7.headers import PartHeaders
from recado.protocols.mm7.multipart import Event, Finished, Limits, MultipartReader, PartBegan, PartData, PartEnded


@dataclass
class Read:
    """A part that was read."""

    headers: PartHeaders
    data: bytes = b""
    problem: str | None = None


def events_of(content_type: str, body: bytes, step: int | None = None, limits: Limits | None = None) -> list[Event]:
    reader = MultipartReader(content_type, limits or Limits())
    step = step or max(1, len(body))
    events: list[Event] = []
    for start in range(0, len(body), step):
        events += reader.feed(body[start : start + step])
    return events + reader.close()


def joined(events: list[Event]) -> list[Event]:
    """Return events with neighbouring data as one."""
    whole: list[Event] = []
    for event in events:
        if isinstance(event, PartData) and whole and isinstance(whole[-1], PartData):
            whole[-1] = PartData(whole[-1].data + event.data)
        else:
            whole.append(event)
    return whole


def parts_of(content_type: str, body: bytes, step: int | None = None) -> tuple[list[Read], bool]:
    """Return the parts, and whether the body was complete."""
    parts: list[Read] = []
    is_complete = False
    for event in events_of(content_type, body, step):
        match event:
            case PartBegan(headers):
                parts.append(Read(headers))
            case PartData(data):
                assert data
                parts[-1].data += data
            case PartEnded(problem):
                assert parts[-1].problem is None
                parts[-1].problem = problem
            case Finished():
                is_complete = event.is_complete
    assert all(part.problem is not None for part in parts)
    return parts, is_complete
