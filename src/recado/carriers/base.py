"""What every kind of carrier tells about itself, and what its adapter must be able to do.

A `CarrierKind` describes the settings of a connection, so that forms, the command line and the gateway read them alike.
Nothing of a single carrier belongs here; product.md §12 lists the kinds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias, TypeVar

from recado.core.message import InboundPart
from recado.core.receipt import DeliveryReceipt
from recado.core.submit import OutboundText

SettingValue: TypeAlias = str | int | bool
Inbound: TypeAlias = InboundPart | DeliveryReceipt
EventT_contra = TypeVar("EventT_contra", contravariant=True)
RequestT_co = TypeVar("RequestT_co", covariant=True)

HIDDEN = "********"


class SettingsError(ValueError):
    """A connection cannot be used as configured; the message names the setting and says what to write."""


class SettingType(StrEnum):
    """How a setting is entered and checked."""

    TEXT = "text"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    SECRET = "secret"  # noqa: S105  # the name of a type of field


@dataclass(frozen=True, slots=True)
class SettingField:
    """One setting of a connection."""

    name: str
    label: str
    type: SettingType = SettingType.TEXT
    default: SettingValue = ""
    help: str = ""
    choices: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int = 2**31 - 1
    is_required: bool = False
    check: Callable[[str], object] | None = None
    """What reads a text that has a form of its own; raises SettingsError where it cannot be read."""

    def clean(self, given: object) -> SettingValue:
        """Turn what was entered or stored into the value to use; raise SettingsError."""
        if given is None or given == "":
            if self.is_required:
                raise SettingsError(f"{self.name} is missing; {self.help or 'it must be given'}")
            return self.default
        if self.type is SettingType.INTEGER:
            return self._integer(given)
        if self.type is SettingType.BOOLEAN:
            return self._boolean(given)
        if self.type is SettingType.CHOICE and given not in self.choices:
            raise SettingsError(f"{self.name} is {given!r}; write one of {', '.join(self.choices)}")
        if self.check is not None:
            self.check(str(given))
        return str(given)

    def _integer(self, given: object) -> int:
        try:
            value = int(str(given))
        except ValueError:
            value = self.minimum - 1
        if not self.minimum <= value <= self.maximum:
            raise SettingsError(f"{self.name} is {given!r}; write a whole number from {self.minimum} to {self.maximum}")
        return value

    def _boolean(self, given: object) -> bool:
        words = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
        value = words.get(str(given).lower())
        if value is None:
            raise SettingsError(f"{self.name} is {given!r}; write yes or no")
        return value


@dataclass(frozen=True, slots=True)
class CarrierKind:
    """A kind of carrier: its name in the database, its name for people, and the settings of a connection of it."""

    name: str
    label: str
    fields: tuple[SettingField, ...] = ()
    summary: str = ""
    only_receives: bool = False
    """Whether others call us and nothing leaves through it."""
    called_at: str = ""
    """The path where others call us, with `{id}` for the connection's; empty where nobody does."""

    def defaults(self) -> dict[str, SettingValue]:
        """Say what a new connection of this kind starts with."""
        return {field.name: field.default for field in self.fields}

    def clean(self, settings: Mapping[str, object]) -> dict[str, SettingValue]:
        """Check settings and fill in defaults; raise SettingsError for the first that cannot be used."""
        known = {field.name for field in self.fields}
        for name in settings:
            if name not in known:
                raise SettingsError(f"{name} is no setting of {self.label}; it knows {', '.join(sorted(known)) or 'none'}")
        return {field.name: field.clean(settings.get(field.name)) for field in self.fields}

    def redact(self, settings: Mapping[str, object]) -> dict[str, object]:
        """Hide secrets, for logs and pages."""
        secret = {field.name for field in self.fields if field.type is SettingType.SECRET}
        return {name: HIDDEN if name in secret and value else value for name, value in settings.items()}


class Carrier(Protocol[EventT_contra, RequestT_co]):
    """An adapter, made for one connection with its settings.

    Neither method may fail because of what a carrier sent: what cannot be understood is kept in `raw` and named in `flags`.
    """

    def to_inbound(self, event: EventT_contra, connection_id: int, received_at: datetime) -> Inbound:
        """Read a message or a delivery receipt out of what the carrier sent."""

    def to_submit(self, message: OutboundText, reference: int) -> Sequence[RequestT_co]:
        """Cut an outgoing text into the requests that carry it, in order; raise ValueError for what this carrier cannot carry."""
