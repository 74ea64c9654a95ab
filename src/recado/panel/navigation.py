"""The main screens of the Customer Panel as data: what the rail, the phone's bar, the palette and the help drawer are made of.

What belongs here: names, addresses, keys, and which roles see an entry. What does not: the screens, each of which guards itself; the
sections of the settings (`panel.settings.sections`) and of the console (`panel.operator.sections`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from recado.apps.accounts.models import Role
from recado.panel.access import MAY_DEVELOP, MAY_READ, MAY_SEE_BILLING

EVERYBODY = frozenset(Role)


class Place(StrEnum):
    """Where in the rail an entry stands."""

    MAIN = "main"
    AUTOMATION = "automation"
    ACCOUNT = "account"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Entry:
    """One screen one can go to from everywhere."""

    path: str
    label: Promise
    icon: str
    help: Promise
    """What the screen is for, in the help drawer."""
    key: str = ""
    """The letter after G that leads there."""
    place: Place = Place.MAIN
    roles: frozenset[Role] = MAY_READ
    is_on_phone: bool = False
    """Whether it is one of the few in the bar at the bottom of a phone."""
    aliases: tuple[str, ...] = ()
    """Other words people look for it by, folded, in every language of the panel."""

    @property
    def shows_unread(self) -> bool:
        """Whether it carries the number of unread conversations."""
        return self.path == "/inbox/"

    def holds(self, path: str) -> bool:
        """Say whether a page belongs to this screen."""
        return path == self.path or (self.path != "/" and path.startswith(self.path))


ENTRIES = (
    Entry(
        "/",
        pgettext_lazy("first page", "Start"),
        "home",
        _("The day at a glance: what needs attention, what arrived, the first steps."),
        "h",
        roles=EVERYBODY,
        is_on_phone=True,
        aliases=("start", "home", "dashboard", "pulpit", "pierwsze kroki", "checklist", "lista"),
    ),
    Entry(
        "/inbox/",
        _("Inbox"),
        "inbox",
        _("Every person who wrote to you is one conversation. Choose one on the left, answer below it, and mark it done."),
        "i",
        is_on_phone=True,
        aliases=("inbox", "skrzynka", "odebrane", "conversations", "rozmowy", "chat", "sms"),
    ),
    Entry(
        "/messages/",
        _("All messages"),
        "list-details",
        _("Everything that arrived, one line each. Narrow the list, open a line to see what happened to the message, or export it."),
        "m",
        aliases=("messages", "wiadomosci", "log", "dziennik", "export", "eksport", "historia"),
    ),
    Entry(
        "/keywords/",
        _("Keywords"),
        "key",
        _("A keyword is the word people text to your number. Here you reserve words and say what happens when one arrives."),
        "k",
        is_on_phone=True,
        aliases=("keyword", "keywords", "prefiks", "prefix", "haslo", "hasla", "slowo kluczowe", "haslo dostepowe", "rules", "reguly"),
    ),
    Entry(
        "/contacts/",
        _("Contacts"),
        "address-book",
        _("The people who wrote to you or whom you brought in, with their groups and their consent."),
        "c",
        is_on_phone=True,
        aliases=(
            "contacts",
            "kontakty",
            "people",
            "ludzie",
            "klienci",
            "ksiazka adresowa",
            "opt out",
            "stop",
            "wypisani",
            "blocked",
            "zablokowani",
        ),
    ),
    Entry(
        "/groups/",
        _("Groups"),
        "users",
        _("Groups collect contacts, by hand or by a keyword people text."),
        "g",
        aliases=("groups", "grupy", "lista", "newsletter"),
    ),
    Entry(
        "/sends/",
        _("Group sends"),
        "speakerphone",
        _("One text to many people: choose groups, write, see the exact cost, send now or later, and watch who got it and who answered."),
        "b",
        aliases=("send", "sends", "campaign", "kampania", "wysylka", "wysylki", "newsletter", "bulk", "masowa", "broadcast", "mailing"),
    ),
    Entry(
        "/stats/",
        _("Statistics"),
        "chart-bar",
        _("What came, through which keyword and number, when, and how it was answered. Press a row to see it alone; take any table away."),
        "r",
        aliases=(
            "statistics",
            "statystyki",
            "stats",
            "raport",
            "raporty",
            "report",
            "reports",
            "wykres",
            "wykresy",
            "chart",
            "popularnosc hasel",
            "popularity",
            "analytics",
            "kpi",
        ),
    ),
    Entry(
        "/autoresponders/",
        _("Autoresponders"),
        "robot",
        _("Texts that answer by themselves: outside working hours, to a first message, to a keyword. The first that fits answers."),
        "a",
        Place.AUTOMATION,
        aliases=("autoresponder", "automatic reply", "automatyczna odpowiedz", "auto", "robot", "out of office", "zamkniete", "urlop"),
    ),
    Entry(
        "/surveys/",
        _("Surveys"),
        "clipboard-list",
        _("Ask people by SMS: one question to vote on by keyword, or several in a row. The answers are counted while they come in."),
        "q",
        Place.AUTOMATION,
        aliases=(
            "survey",
            "surveys",
            "ankieta",
            "ankiety",
            "vote",
            "poll",
            "quiz",
            "glosowanie",
            "sonda",
            "pytania",
            "questions",
            "opinie",
        ),
    ),
    Entry(
        "/contests/",
        _("Contests"),
        "trophy",
        _("People enter by a keyword, and the winners are drawn in a way that anybody can check."),
        "o",
        Place.AUTOMATION,
        aliases=("contest", "contests", "konkurs", "konkursy", "draw", "losowanie", "loteria", "winner", "zwyciezca", "nagroda", "prize"),
    ),
    Entry(
        "/boards/",
        _("Boards"),
        "device-tv",
        _("Messages with a keyword appear on a public screen, once you let them: a wall of wishes, questions at a talk."),
        "v",
        Place.AUTOMATION,
        aliases=(
            "board",
            "boards",
            "tablica",
            "tablice",
            "ekran",
            "screen",
            "sms chat",
            "czat",
            "wall",
            "moderation",
            "moderacja",
            "telebim",
        ),
    ),
    Entry(
        "/codes/",
        _("Codes"),
        "ticket",
        _("Codes that are given out one by one, each to one phone: discounts, tickets, access."),
        "e",
        Place.AUTOMATION,
        aliases=(
            "code",
            "codes",
            "kod",
            "kody",
            "pool",
            "pula",
            "kupon",
            "kupony",
            "coupon",
            "voucher",
            "rabat",
            "discount",
            "ticket",
            "bilet",
        ),
    ),
    Entry(
        "/forwards/",
        _("Forwarding"),
        "message-forward",
        _(
            "Messages can go on to a program of yours, to an e-mail address or a phone. Each place says how it "
            "fares and keeps every delivery."
        ),
        "f",
        Place.AUTOMATION,
        aliases=(
            "forward",
            "forwarding",
            "przekierowanie",
            "przekierowania",
            "przekazywanie",
            "url",
            "webhook",
            "email",
            "e mail",
            "telefon",
            "deliveries",
            "dostarczenia",
        ),
    ),
    Entry(
        "/numbers/",
        _("Numbers"),
        "hash",
        _("The numbers people write to, what each can do, and what happens to messages without a keyword."),
        "n",
        Place.ACCOUNT,
        aliases=("numbers", "numery", "number", "numer", "numer dostepowy", "nd", "ndi", "sc"),
    ),
    Entry(
        "/tester/",
        _("Rule tester"),
        "test-pipe",
        _("What would happen to a text, and why. Nothing is sent. Tests you keep as examples are checked before rules change."),
        "w",
        Place.ACCOUNT,
        aliases=("tester", "what would happen", "co sie stanie", "dry run", "sprawdz", "przyklady", "examples", "reguly", "rules"),
    ),
    Entry(
        "/simulator/",
        _("Simulator"),
        "device-mobile",
        _("A phone to try things with. Its messages go the whole real way but are marked as tests, cost nothing and reach no real phone."),
        "t",
        Place.ACCOUNT,
        aliases=("simulator", "symulator", "phone", "telefon", "test", "tryb testowy"),
    ),
    Entry(
        "/developers/",
        _("API"),
        "plug",
        _("Let your programs in: make a key for each, say what it may do, and switch it off when it is not needed any more."),
        "d",
        Place.ACCOUNT,
        MAY_DEVELOP,
        aliases=(
            "api",
            "developers",
            "programisci",
            "key",
            "keys",
            "klucz",
            "klucze",
            "token",
            "tokeny",
            "program",
            "programy",
            "integracja",
            "integracje",
            "subkonto",
            "subkonta",
            "subaccounts",
        ),
    ),
    Entry(
        "/billing/",
        _("Plan and billing"),
        "coin",
        _("Your plan and its limits, what this month costs so far, credit or invoices, and when you are told that money runs low."),
        "p",
        Place.ACCOUNT,
        MAY_SEE_BILLING,
        aliases=(
            "billing",
            "plan",
            "credit",
            "srodki",
            "saldo",
            "faktura",
            "faktury",
            "invoice",
            "invoices",
            "doladuj",
            "oplaty",
            "koszty",
        ),
    ),
    Entry(
        "/settings/",
        _("Settings"),
        "settings",
        _("How the panel looks for you, and what holds for the whole company: team, working hours, ready replies."),
        "s",
        Place.BOTTOM,
        EVERYBODY,
        aliases=("settings", "ustawienia", "konto", "account", "preferences", "team", "zespol"),
    ),
)


def entries_for(role: str) -> Iterator[Entry]:
    """Yield the screens somebody in this role sees."""
    return (entry for entry in ENTRIES if role in entry.roles)


def entry_of(path: str) -> Entry | None:
    """Return the screen a page belongs to."""
    return next((entry for entry in ENTRIES if entry.holds(path)), None)
