"""Reading single parameters in every shape client libraries send them (provider-api.md §3, §5).

What belongs here: one method per type of parameter, each raising the ApiError its misuse deserves. What does not: decoding bodies
(`decode`), business rules.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from recado.api.compat.decode import MAX_OBJECTS, decode_inner
from recado.api.compat.errors import INVALID_DATA, INVALID_ID, PHONE_INVALID, REQUIRED, ApiError
from recado.api.compat.packed import unpack
from recado.apps.contacts.phone import parse_address, parse_msisdn

ZONE = ZoneInfo("Europe/Warsaw")
"""Dates on the wire carry no zone; this is the provider's."""
MAX_IN_QUERY = 10_000
"""Values of one list that a database is asked about at once."""
_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"", "0", "false", "no", "off", "null"})
_MAX_ID = 2**63 - 1


class Params:
    """The parameters of one call. A parameter that is null, or an empty string, counts as absent."""

    __slots__ = ("values",)

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def has(self, name: str) -> bool:
        """Whether the parameter is there with a value."""
        return self.values.get(name) not in (None, "", [], {})

    def require(self, *names: str) -> None:
        """Raise ApiError 2000 unless all of the parameters are there."""
        if not all(self.has(name) for name in names):
            raise ApiError(REQUIRED)

    def text(self, name: str, default: str = "") -> str:
        """Read a text; numbers are taken as they are written."""
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise ApiError(INVALID_DATA)
        return str(value)

    def boolean(self, name: str) -> bool:
        """Read yes or no: `true`, `"true"`, `1`, `"1"`, and their opposites; absent is no."""
        value = self.values.get(name)
        written = str(value if value is not None else "").strip().lower()
        if written in _TRUE:
            return True
        if written in _FALSE:
            return False
        raise ApiError(INVALID_DATA)

    def integer(self, name: str, default: int) -> int:
        """Read a whole number, also one written as a string."""
        return _integer(self.values[name], INVALID_DATA) if self.has(name) else default

    def identifier(self, name: str = "id") -> int:
        """Read a required id."""
        self.require(name)
        return _integer(self.values[name], INVALID_ID)

    def identifiers(self, name: str = "id") -> tuple[int, ...]:
        """Read ids: one, a list, or a comma-separated string; absent gives none."""
        return tuple(_integer(each, INVALID_ID) for each in self._list(name, MAX_IN_QUERY))

    def msisdn(self, name: str = "phone") -> str:
        """Read a required phone number; raises ApiError 2001 if it is none."""
        self.require(name)
        return _required_number(parse_msisdn(_written(self.values[name])))

    def address(self, name: str) -> str:
        """Read a required phone number, short code or sender name."""
        self.require(name)
        return _required_number(parse_address(_written(self.values[name])))

    def addresses(self, name: str, at_most: int) -> tuple[str, ...]:
        """Read phone numbers, short codes or names: one, a list, or a comma-separated string; absent gives none."""
        return tuple(_required_number(parse_address(_written(each))) for each in self._list(name, at_most))

    def written(self, name: str) -> list[str]:
        """Read texts that are checked elsewhere: one, a list, or a comma-separated string; absent gives none."""
        return [_plain(each).strip('" ') for each in self._list(name, MAX_OBJECTS)]

    def moment(self, name: str, *, end_of_day: bool = False) -> datetime | None:
        """Read `YYYY-MM-DD[ HH:MM[:SS]]` as a moment; a bare date means its beginning, or its end."""
        if not self.has(name):
            return None
        written = self.text(name).strip()
        try:
            local = datetime.fromisoformat(written)
        except ValueError as error:
            raise ApiError(INVALID_DATA) from error
        if end_of_day and len(written) <= len("2026-01-01"):
            local = datetime.combine(local, time.max)
        try:
            return (local if local.tzinfo else local.replace(tzinfo=ZONE)).astimezone(UTC)
        except OverflowError as error:
            raise ApiError(INVALID_DATA) from error

    def rows(self, name: str) -> tuple[dict[str, str], ...]:
        """Read a list of objects: a real list, a single object, or either as JSON inside a string; values become texts."""
        value = self.values.get(name)
        if isinstance(value, str):
            value = decode_inner(value) if value.strip() else None
            if value is None:
                raise ApiError(INVALID_DATA if self.has(name) else REQUIRED)
        if isinstance(value, Mapping):
            value = list(value.values()) if all(str(key).isdecimal() for key in value) else [value]
        if not isinstance(value, list):
            raise ApiError(REQUIRED if value is None else INVALID_DATA)
        return tuple(_row(each) for each in value)

    def personalised(self, name: str = "messages") -> tuple[tuple[str, str], ...]:
        """Read personalised messages, as a packed string or a list of objects: (phone as written, text) each."""
        value = self.values.get(name)
        if isinstance(value, str) and not value.lstrip().startswith("[{"):
            return tuple((_written(phone), text) for phone, text in unpack(value))
        return tuple((_written(row.get("phone", "")), row.get("text", "")) for row in self.rows(name))

    def _list(self, name: str, at_most: int) -> list[Any]:
        if not self.has(name):
            return []
        value = self.values[name]
        if isinstance(value, str) and value.lstrip().startswith("["):
            value = decode_inner(value)
        if isinstance(value, Mapping):
            value = list(value.values())
        if isinstance(value, str):
            value = value.split(",")
        given = [each for each in (value if isinstance(value, list) else [value]) if each is not None and str(each).strip()]
        if len(given) > at_most:
            raise ApiError(INVALID_DATA)
        return given


def _plain(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise ApiError(INVALID_DATA)
    return str(value)


def _integer(value: Any, code: int) -> int:
    written = str(value).strip()
    digits = written.removeprefix("-")
    if isinstance(value, bool) or not digits.isascii() or not digits.isdecimal() or len(digits) > len(str(_MAX_ID)):
        raise ApiError(code)
    number = int(written)
    if abs(number) > _MAX_ID:
        raise ApiError(code)
    return number


def _written(value: Any) -> str:
    """Return a phone as its sender wrote it. A `+` that came as a space is not missed: the digits alone say what it was."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise ApiError(PHONE_INVALID)
    return str(value).strip('" ')


def _required_number(parsed: str | None) -> str:
    if parsed is None:
        raise ApiError(PHONE_INVALID)
    return parsed


def _row(value: Any) -> dict[str, str]:
    if isinstance(value, str):
        value = decode_inner(value)
    if not isinstance(value, Mapping):
        raise ApiError(INVALID_DATA)
    return {str(name): str(each) for name, each in value.items() if each is not None and not isinstance(each, (Mapping, list))}
