"""The words and phrases of opting out, opting in and asking for help, by language, as data (product.md §4).

What belongs here: words, folded as `text.fold` gives them (marks stripped, Cyrillic stays Cyrillic), tokens joined by one space, no signs.
What does not: how a message is read by them (`opt_out`). A word of these lists is nobody's keyword, so each one added takes a word away.
Between the words of a phrase a message may have filler: "nie wysylajcie" is found in "nie wysyłajcie mi więcej smsów".
"""

from collections.abc import Mapping
from typing import Final

OPT_OUT: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "stop", "stopall", "stop all", "stop it", "stop these messages", "stop these texts", "stop texting this number",
        "unsubscribe from all", "unsubscribe all", "stop this", "stop texting", "stop messaging", "stop contacting", "stop sending",
        "stop sending these", "stop sending this", "s t o p", "unsubscribe", "unsub", "optout", "opt out", "cancel", "quit", "end",
        "cancel subscription", "cancel my subscription", "end subscription", "remove me", "remove my number", "delete my number",
        "lose my number", "take me off the list", "take me off your list", "take me off this list", "do not text", "don't text",
        "dont text", "do not contact", "don't contact", "dont contact", "do not message", "don't message", "dont message",
        "do not send", "don't send", "dont send", "leave me alone", "no more texts", "no more text messages", "no more messages",
        "no more msgs", "take my number off your list", "don't want these messages", "don't want messages", "dont want messages",
        "do not want messages", "don't want texts", "dont want texts", "do not want texts", "no longer want to receive texts",
        "no longer want to receive messages",
    ),
    "pl": (
        "koniec", "wypisz", "wypisze", "wypisuje", "wypiszcie", "wypisz mnie", "wypiszcie mnie", "wypisac mnie", "mnie wypisac",
        "wypisac sie", "sie wypisac", "chce sie wypisac", "o wypisanie", "o wypisanie mnie", "rezygnuje", "rezygnacja",
        "rezygnuje z smsow", "rezygnuje z sms", "rezygnuje z subskrypcji", "rezygnuje z powiadomien", "rezygnuje z wiadomosci",
        "rezygnuje z newslettera", "anuluj subskrypcje", "usun", "usun mnie", "usuncie mnie", "usun moj numer", "usun moj nr",
        "usuncie moj nr", "usunac moj nr", "usuncie moj numer", "mnie usunac", "usunac mnie", "usunac moj numer",
        "o usuniecie mojego numeru", "o usuniecie moich danych", "o usuniecie mnie", "stop smsom", "stop reklamom", "stop spamowi",
        "nie chce smsow", "nie chce sms", "nie chce wiadomosci", "nie chce reklam", "nie zycze sobie smsow",
        "nie zycze sobie wiadomosci", "nie zycze sobie reklam", "nie chce dostawac", "nie chce otrzymywac", "nie wysylajcie",
        "nie wysylaj", "nie wysylac", "nie przysylajcie", "nie przysylac", "o nie wysylanie", "o nie przysylanie", "o niewysylanie",
        "nie piszcie", "nie pisz", "nie pisac", "przestancie do mnie pisac", "przestancie pisac", "przestancie wysylac",
        "dajcie spokoj", "odczepcie sie", "wylacz powiadomienia", "wylaczcie powiadomienia", "wylacz smsy", "wylaczcie smsy",
        "wycofuje zgode", "cofam zgode",
    ),
    "de": (
        "stopp", "abmelden", "abmeldung", "abbestellen", "keine sms mehr", "keine nachrichten mehr", "mochte keine nachrichten",
        "mochte keine sms", "will keine sms", "nicht mehr schreiben",
    ),
    "uk": (
        "стоп", "відписатися", "відписатись", "відписка", "відпишіть", "відпишіть мене", "не пишіть", "не надсилаите",
        "не хочу смс", "не хочу повідомлень",
    ),
    "fr": (
        "arret", "arretez", "desabonner", "se desabonner", "me desabonner", "desabonnement", "desinscription", "desinscrire",
        "plus de sms", "plus de messages",
    ),
    "es": ("baja", "dar de baja", "darme de baja", "no quiero mensajes", "no mas mensajes", "no enviar mensajes"),
    "cs": ("odhlasit", "odhlaste", "odhlaste mne", "nepiste", "neposilejte", "nechci zpravy", "nechci sms"),
}  # fmt: skip
"""Whoever sends nothing but one of these wants no more texts. "Stop" is understood everywhere and stands with English."""

OPT_IN: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("start", "unstop", "resubscribe"),
    "pl": ("wznow", "wznow smsy", "wznow sms"),
    "de": ("fortsetzen",),
    "uk": ("старт", "відновити"),
    "fr": ("reprendre", "reabonner"),
    "es": ("reanudar",),
    "cs": ("obnovit",),
}

HELP: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("help",),
    "pl": ("pomoc",),
    "de": ("hilfe",),
    "uk": ("допомога",),
    "fr": ("aide",),
    "es": ("ayuda",),
    "cs": ("napoveda",),
}

EVERYDAY: Final = frozenset({
    "cancel", "quit", "end", "koniec", "wypisz", "wypisze", "wypisuje", "wypiszcie", "o wypisanie", "rezygnuje", "rezygnacja",
    "usun", "arret", "arretez", "baja",
})  # fmt: skip
"""Opt-out words so common in sentences ("kiedy koniec promocji?", "wypisz mi receptę") that they mean something only when alone."""

FILLER: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "please", "pls", "plz", "thanks", "thank you", "thankyou", "many thanks", "thx", "ty", "cheers", "very much", "so much",
        "kindly", "hi", "hello", "hey", "good morning", "good afternoon", "good evening", "dear", "regards", "kind regards",
        "best regards", "best wishes", "sorry", "ok", "okay", "now", "immediately", "at once", "asap", "no thanks", "no thank you",
        "xx", "reply", "re", "me", "any", "more", "anymore", "again", "ever", "text messages", "i want to", "i'd like to",
        "i would like to", "from", "mate", "msgs", "from your list", "from this list", "from the list", "texts", "messages", "i",
        "to me", "from you", "sent from my iphone", "sms",
    ),
    "pl": (
        "prosze", "poprosze", "bardzo", "uprzejmie", "dziekuje", "dzieki", "wielkie", "dzieki wielkie", "z gory", "serdecznie",
        "dzien dobry", "dobry wieczor", "witam", "czesc", "hej", "halo", "pozdrawiam", "pozdrowienia", "przepraszam", "plis",
        "nie dziekuje", "odp", "mi", "mnie", "do mnie", "juz", "wiecej", "zadnych", "te smsy", "tych smsow", "tych wiadomosci",
        "natychmiast", "od razu", "sie", "z", "ze", "z listy", "za wszystko", "z tej listy", "z bazy", "z waszej bazy", "od was",
        "smsow", "smsy", "wiadomosci", "reklam", "z tymi smsami", "na sms", "wyslane z iphone'a",
    ),
    "de": ("bitte", "danke", "vielen dank", "hallo", "guten tag", "ich", "mich", "gruss", "mit freundlichen grussen"),
    "uk": ("дякую", "будь ласка", "добрии день", "вітаю", "мене", "мені", "більше"),
    "fr": ("merci", "svp", "s'il vous plait", "bonjour", "bonsoir", "cordialement"),
    "es": ("por favor", "gracias", "hola", "mas", "buenos dias"),
    "cs": ("prosim", "dekuji", "diky", "dobry den", "mi", "uz", "mne", "s pozdravem"),
}  # fmt: skip
"""Courtesies and small words that change nothing about what an opt-out word says. No negation may be here."""

INNOCENT: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "non stop", "bus stop", "pit stop", "full stop", "one stop", "stop sign", "stop signs", "stop by", "stop in", "stop off",
        "stop over", "stop motion", "can't stop", "cant stop", "don't stop", "dont stop", "never stop", "won't stop", "wont stop",
    ),
    "pl": ("auto stop", "na stop", "znak stop", "swiatlo stop", "lampa stop", "swiatla stop"),
    "uk": ("нон стоп",),
}  # fmt: skip
"""Where an opt-out word is part of something else: nothing is flagged because of it."""

NOT_GUESSED: Final = frozenset({"baja", "quit"})
"""Opt-out words whose neighbours are nearly all ordinary words: a slip of them is not asked about."""

NOT_MEANT: Final = frozenset({
    "shop", "step", "stok", "stos", "stol", "stog", "stoi", "stoj", "stopa", "stopy", "stope", "stops", "sto", "top", "slop",
    "stow", "stomp", "strop", "atop", "stor", "stork", "konie", "goniec", "cancer", "cancels", "sun", "wpisz", "wypisy", "wpisuje",
    "anmelden", "anmeldung", "arrest", "сто", "топ", "стопа", "стопи", "стол", "стог", "сток", "стор", "степ", "стою", "стовп",
    "підписатися", "підпишіть", "carcel", "koniem", "kopiec", "stopu", "usnu", "usan", "usen", "napiste", "nejiste", "ohlasit",
    "arre",
})  # fmt: skip
"""Ordinary words one slip away from an opt-out word. They are what they say."""

RESERVED: Final = frozenset(word for words in (OPT_OUT, OPT_IN, HELP) for language in words.values() for word in language)
"""Nobody's keyword on any number: they end messages, begin them again, or ask for help."""
