"""Reads the reply that an endpoint gives in its answer: which text is to be sent to the person, if any.

Pure, and careful: what the other side says is not trusted. Documents are read up to READ bytes, XML without document types and entities.
What does not belong here: whether the reply may be sent (`core.webhook_reply`), sending it (`store.webhook_replies`).
"""

import json
from xml.parsers import expat

from recado.delivery.endpoint import Body

READ = 64 * 1024
DEEPEST = 20
_MEDIA = "Media"
"""An address of a picture in TwiML, which is no text."""


class UnreadableError(ValueError):
    """An answer that should hold a reply cannot be read."""


def read_reply(body: Body, answer: bytes) -> str:
    """Return the reply in an answer, without space around it; empty where there is none. Raise UnreadableError.

    An answer that is no document of the expected kind, such as `OK`, holds no reply; one that begins like it and breaks off is unreadable.
    """
    content = answer.strip()
    if body is Body.TEMPLATE:
        return _after_ok(content)
    if len(answer) > READ:
        return _unreadable("it is too long") if content[:1] in {b"{", b"<"} else ""
    if body is Body.JSON:
        return _of_json(content) if content.startswith(b"{") else ""
    return _of_xml(content, (("Response", "Message"),) if body is Body.TWILIO else (("reply",), ("*", "reply")))


def is_ok(answer: bytes, *, takes_replies: bool) -> bool:
    """Whether an answer to a template says OK and nothing else, or only a reply on the lines below it."""
    content = answer.strip(b" \t\r\n")
    return content == b"OK" or (takes_replies and content.startswith((b"OK\n", b"OK\r\n")))


def _after_ok(content: bytes) -> str:
    first, _, rest = content.partition(b"\n")
    return rest[:READ].decode("utf-8", "replace").replace("\x00", "").strip() if first.strip() == b"OK" else ""


def _of_json(content: bytes) -> str:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("it is no JSON") from error
    reply = found.get("reply")
    if reply is None:
        return ""
    return _clean(reply) if isinstance(reply, str) else _unreadable("the reply is no text")


def _of_xml(content: bytes, places: tuple[tuple[str, ...], ...]) -> str:
    if not content.startswith(b"<") or content[:14].lower().startswith((b"<html", b"<!doctype html")):
        return ""
    found = _Found(places)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = found.start, found.end, found.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse  # without them nothing can be expanded
    try:
        parser.Parse(content, True)  # by place, as expat has it
    except UnreadableError:
        raise
    except (expat.ExpatError, ValueError, LookupError) as error:  # the last for an encoding that nobody knows
        raise UnreadableError("it is no XML that can be read") from error
    return _clean("".join(found.pieces))


class _Found:
    """Gathers the text of the first element at one of some places, and of what is in it."""

    def __init__(self, places: tuple[tuple[str, ...], ...]) -> None:
        self._places = places
        self._path: list[str] = []
        self._inside = 0
        self._is_over = False
        self.pieces: list[str] = []

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self._path.append(name)
        if len(self._path) > DEEPEST:
            raise UnreadableError("it is nested too deeply")
        if self._inside:
            self._inside += 1
        elif not self._is_over and any(self._is_at(place) for place in self._places):
            self._inside = 1

    def end(self, _name: str) -> None:
        self._path.pop()
        if self._inside:
            self._inside -= 1
            self._is_over = self._inside == 0

    def text(self, piece: str) -> None:
        if self._inside and _MEDIA not in self._path:
            self.pieces.append(piece)

    def _is_at(self, place: tuple[str, ...]) -> bool:
        return len(place) == len(self._path) and all(want in ("*", have) for want, have in zip(place, self._path, strict=True))


def _refuse(*_: object) -> None:
    raise UnreadableError("it declares a document type")


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode().replace("\x00", "").strip()


def _unreadable(why: str) -> str:
    raise UnreadableError(why)
