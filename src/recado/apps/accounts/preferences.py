"""Writes of what a person chooses for themselves: how the panel looks, in which language and time zone it speaks.

What belongs here: choices of a login, the same in all its accounts. What does not: what the company decides (`company`).
"""

from dataclasses import dataclass

from recado.apps.accounts.models import Density, Theme, User


@dataclass(frozen=True, slots=True)
class AppearanceChoices:
    """How one person wants the panel; the fields are those of `User`."""

    theme: Theme
    density: Density
    language: str
    """Empty: the account's."""
    time_zone: str
    """Empty: the account's."""
    has_shortcuts: bool
    has_less_motion: bool


APPEARANCE = ("theme", "density", "language", "time_zone", "has_shortcuts", "has_less_motion")


def save_appearance(user: User, choices: AppearanceChoices) -> None:
    """Remember how a person wants the panel to be."""
    for name in APPEARANCE:
        setattr(user, name, getattr(choices, name))
    user.save(update_fields=APPEARANCE)


def set_theme(user: User, theme: Theme) -> None:
    """Remember whether a person wants it light or dark."""
    user.theme = theme
    user.save(update_fields=["theme"])
