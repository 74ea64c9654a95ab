"""What the palette finds: screens and actions by their names in both languages, contacts, conversations and keywords by the account's data.

What belongs here: collecting and ordering. What does not: queries (`recado.apps.*.queries`), how it looks (`templates/panel/search`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recado.apps.accounts.models import Account, Role, User
from recado.apps.contacts.finding import contacts_named
from recado.apps.contacts.models import Contact
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.queries import Filters, Tab, dialogue_list
from recado.apps.keywords.queries import keywords_of
from recado.core.text import fold, tokenise
from recado.panel.access import MAY_CONFIGURE, MAY_DEVELOP, MAY_MANAGE, MAY_READ, MAY_SEND
from recado.panel.navigation import EVERYBODY, entries_for
from recado.panel.settings.sections import chapters_for
from recado.panel.templatetags.recado import msisdn, own_number
from recado.panel.templatetags.words import person

MOST = 5
"""So many of each kind; whoever wants more writes more."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    label: str
    path: str
    icon: str
    more: str = ""
    keys: str = ""
    """The direct way by keyboard."""
    does: str = ""
    """What a script does instead of following the path."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Things of one kind."""

    label: str
    hits: list[Hit]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something one can do from everywhere."""

    path: str
    label: Promise
    icon: str
    roles: frozenset[Role] = MAY_READ
    keys: str = ""
    does: str = ""
    aliases: tuple[str, ...] = ()


DEEDS = (
    Deed(
        "/keywords/new/",
        _("Reserve a keyword"),
        "plus",
        MAY_CONFIGURE,
        aliases=("new keyword", "nowe haslo", "prefiks", "slowo kluczowe", "zarezerwuj", "dodaj"),
    ),
    Deed(
        "/sends/new/",
        _("Send to a group"),
        "speakerphone",
        MAY_SEND,
        aliases=("campaign", "kampania", "wysylka", "wyslij", "newsletter", "bulk", "broadcast", "mailing"),
    ),
    Deed(
        "/surveys/new/",
        _("Make a survey"),
        "clipboard-list",
        MAY_CONFIGURE,
        aliases=("new survey", "nowa ankieta", "vote", "poll", "glosowanie", "sonda", "quiz", "dodaj"),
    ),
    Deed("/contacts/new/", _("Add a contact"), "user-plus", MAY_CONFIGURE, aliases=("new contact", "nowy kontakt", "dodaj")),
    Deed(
        "/contacts/import/",
        _("Import contacts"),
        "file-import",
        MAY_CONFIGURE,
        aliases=("csv", "xlsx", "excel", "wgraj", "zaimportuj", "upload"),
    ),
    Deed(
        "/simulator/",
        _("Send yourself a test SMS"),
        "device-mobile",
        MAY_READ,
        aliases=("symulator", "simulator", "testowy", "wyprobuj", "try"),
    ),
    Deed(
        "/developers/keys/new/",
        _("Make a key for a program"),
        "plug",
        MAY_DEVELOP,
        aliases=("api key", "new key", "token", "nowy klucz", "klucz api", "dodaj"),
    ),
    Deed("/settings/team/", _("Invite somebody"), "user-check", MAY_MANAGE, aliases=("zapros", "team", "zespol", "invite", "pracownik")),
    Deed(
        "/settings/appearance/",
        _("Light or dark"),
        "moon",
        EVERYBODY,
        does="theme",
        aliases=("ciemny", "jasny", "motyw", "theme", "dark mode"),
    ),
    Deed("/search/", _("Keyboard shortcuts"), "keyboard", EVERYBODY, "?", "keys", ("skroty", "klawisze", "shortcuts", "keys")),
)


def found(account: Account, user: User, role: str, words: str, now: datetime) -> list[Finding]:
    """Find things by words, those that name a screen first; without words, offer the screens and what one can do."""
    wanted = fold(tokenise(words))
    findings = [Finding(str(_("Screens")), list(_screens(role, wanted))), Finding(str(_("Actions")), list(_deeds(role, wanted)))]
    if wanted and role in MAY_READ:
        findings += [
            Finding(str(_("Keywords")), list(_keywords(account, words))),
            Finding(str(_("Contacts")), [_contact(one) for one in contacts_named(account, words, MOST)]),
            Finding(str(_("Conversations")), [_dialogue(one) for one in dialogue_list(account, Filters(user, now, Tab.ALL, words))[:MOST]]),
        ]
    return [finding for finding in findings if finding.hits]


def _screens(role: str, wanted: tuple[str, ...]) -> Iterator[Hit]:
    for entry in entries_for(role):
        if _names(wanted, str(entry.label), *entry.aliases):
            yield Hit(str(entry.label), entry.path, entry.icon, keys=f"G {entry.key.upper()}" if entry.key else "")
    if not wanted:
        return
    for chapter in chapters_for(role):
        for section in chapter.sections:
            if _names(wanted, str(section.label)):
                yield Hit(str(section.label), section.path, section.icon, more=str(_("Settings")))


def _deeds(role: str, wanted: tuple[str, ...]) -> Iterator[Hit]:
    for deed in DEEDS:
        if role in deed.roles and _names(wanted, str(deed.label), *deed.aliases):
            yield Hit(str(deed.label), deed.path, deed.icon, keys=deed.keys, does=deed.does)


def _names(wanted: tuple[str, ...], *names: str) -> bool:
    """Say whether every word wanted begins a word of the names."""
    present = [token for name in names for token in fold(tokenise(name))]
    return all(any(token.startswith(word) for token in present) for word in wanted)


def _keywords(account: Account, words: str) -> Iterator[Hit]:
    for keyword in keywords_of(account).filter(word__icontains=words.strip())[:MOST]:
        yield Hit(keyword.word, f"/keywords/{keyword.pk}/", "key", own_number(keyword.number.digits))


def _contact(contact: Contact) -> Hit:
    return Hit(person(contact), f"/contacts/{contact.pk}/", "address-book", msisdn(contact.msisdn))


def _dialogue(dialogue: Dialogue) -> Hit:
    return Hit(msisdn(dialogue.correspondent), f"/inbox/{dialogue.pk}/", "message", dialogue.last_text)
