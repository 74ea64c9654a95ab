"""Descriptor of the phone simulator: it needs no settings."""

from recado.carriers.base import CarrierKind

SIMULATOR = CarrierKind(
    "simulator",
    "Phone simulator",
    summary="Phones on a page of the panel. Messages never leave this installation.",
)
