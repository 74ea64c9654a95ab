"""What happened in the demo before it was started: invented people, what they wrote and what they were answered.

Values only; `demo` lives them through. Times are minutes before the demo is loaded.
"""

from dataclasses import dataclass

SHARED_LONG, SHARED_SHORT, OWN = "48503340503", "4301", "48664200300"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a phone."""

    msisdn: str
    first_name: str = ""
    last_name: str = ""


@dataclass(frozen=True, slots=True)
class Wrote:
    """A person wrote to a number."""

    minutes_ago: int
    person: Person
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody of the account answered."""

    minutes_ago: int
    person: Person
    number: str
    text: str
    is_delivered: bool = True


HANNA = Person("48604218377", "Hanna", "Kowalczyk")
ADAM = Person("48660917402", "Adam", "Jabłoński")
JAN = Person("48601553920", "Jan", "Dąbrowski")
KRYSTYNA = Person("48512774016", "Krystyna", "Jankowska")
AGNIESZKA = Person("48693120588", "Agnieszka", "Michalska")
JULIA = Person("48505816243", "Julia", "Kwiatkowska")
ZOFIA = Person("48787340915", "Zofia", "Pawłowska")
PIOTR = Person("48602447731", "Piotr", "Wiśniewski")
MAREK = Person("48698201154", "Marek", "Zieliński")
STRANGER = Person("48660917411")
ANOTHER = Person("48604613712")
TOMASZ = Person("48506332871", "Tomasz", "Lewandowski")
BARBARA = Person("48608915526", "Barbara", "Nowicka")

PEOPLE = (HANNA, ADAM, JAN, KRYSTYNA, AGNIESZKA, JULIA, ZOFIA, PIOTR, MAREK, TOMASZ, BARBARA)

STORY: tuple[Wrote | Answered, ...] = (
    Wrote(4320, BARBARA, SHARED_LONG, "Wizyta"),
    Wrote(4100, PIOTR, SHARED_LONG, "OGRODNIK"),
    Wrote(3900, MAREK, SHARED_SHORT, "Kwiaty"),
    Wrote(3000, TOMASZ, SHARED_SHORT, "ZDROWIE"),
    Wrote(2890, ZOFIA, SHARED_LONG, "gardener"),
    Wrote(2880, ZOFIA, OWN, "Czy są jeszcze sadzonki lawendy?"),
    Answered(2860, ZOFIA, OWN, "Są, 12 zł za doniczkę. Odłożyć?"),
    Wrote(2850, ZOFIA, OWN, "Poproszę 6, odbiorę w piątek 🌷"),
    Wrote(2000, HANNA, OWN, "rabat"),
    Wrote(1700, JULIA, OWN, "Rabat"),
    Wrote(
        1690,
        JULIA,
        OWN,
        "Przesyłam zdjęcie mailem, czy to mączniak? Liście bieleją i zwijają się od spodu, a podlewam co drugi dzień.",
    ),
    Answered(1600, JULIA, OWN, "Tak, to mączniak. Proszę usunąć chore liście i opryskać rano roztworem z sody."),
    Wrote(1560, MAREK, OWN, "Zamawiam 12 tulipanów na sobotę"),
    Wrote(1500, ANOTHER, SHARED_LONG, "Rose"),
    Wrote(1440, PIOTR, SHARED_LONG, "Ogrodnik dziękuję za porady"),
    Wrote(900, TOMASZ, OWN, "zamowienie wieniec z jodły"),
    Wrote(640, PIOTR, OWN, "Jakie są godziny otwarcia w sobotę?"),
    Wrote(500, JULIA, OWN, "bez rabatow"),
    Wrote(400, AGNIESZKA, OWN, "Dzień dobry, czy dowożą Państwo kwiaty na Pragę?"),
    Answered(380, AGNIESZKA, OWN, "Dzień dobry! Tak, od 100 zł dowóz jest bezpłatny."),
    Wrote(371, AGNIESZKA, OWN, "Proszę o fakturę na firmę, dane wyślę za chwilę"),
    Wrote(370, AGNIESZKA, OWN, "Firma Michalska, ul. Długa 3, Warszawa"),
    Wrote(240, KRYSTYNA, SHARED_LONG, "Rose"),
    Wrote(220, MAREK, OWN, "Proszę nie przysyłać tylu ofert, stop z tym, zamówienie aktualne"),
    Wrote(200, STRANGER, SHARED_LONG, "OGRODNIK"),
    Wrote(150, KRYSTYNA, SHARED_LONG, "STOP, dziękuję"),
    Wrote(120, HANNA, OWN, "Dzień dobry, czy macie jeszcze cebulki tulipanów?"),
    Answered(112, HANNA, OWN, "Mamy, 12 odmian od 1,50 zł za sztukę. Odłożyć?", is_delivered=False),
    Answered(104, HANNA, OWN, "Mamy, 12 odmian od 1,50 zł za sztukę. Odłożyć?"),
    Wrote(60, JAN, SHARED_LONG, "Gardener"),
    Wrote(25, HANNA, OWN, "Super, 20 sztuk czerwonych poproszę"),
    Wrote(12, ADAM, OWN, "Czy w niedzielę jest otwarte?"),
)
