"""Texts that say of themselves that a machine wrote them: automatic replies, notes of absence, replies while driving, bounces.

What belongs here: reading one text. What does not: what follows (`breaker`). Three kinds of phrases, folded: those a machine begins its
text with, those that say it anywhere, and, for notes of absence that people write by hand, being away together with coming back. Whoever
asks a question is a person.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from recado.core.text import all_tokens, fold, tokenise

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "automatic reply",
        "automatic response",
        "automated reply",
        "automated response",
        "automated message",
        "auto reply",
        "auto response",
        "auto-reply",
        "auto-response",
        "autoreply",
        "out of office",
        "out of the office",
        "vacation reply",
        "undeliverable",
        "delivery failure",
    ),
    "pl": (
        "automatyczna odpowiedź",
        "odpowiedź automatyczna",
        "automatyczna wiadomość",
        "wiadomość automatyczna",
        "autoodpowiedź",
        "wiadomość wygenerowana automatycznie",
        "wiadomość generowana automatycznie",
        "poza biurem",
        "nieobecność w biurze",
    ),
    "de": ("automatische Antwort", "automatische Nachricht", "Abwesenheitsnotiz", "Abwesenheitsnachricht", "Abwesenheitsassistent"),
    "uk": ("автоматична відповідь", "автовідповідь", "автоматичне повідомлення"),
    "fr": ("réponse automatique", "message automatique", "absence du bureau"),
    "es": ("respuesta automática", "mensaje automático", "contestación automática", "fuera de la oficina"),
}
"""What a text begins with."""
STATEMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "this is an automatic reply",
        "this is an automatic response",
        "this is an automatic message",
        "this is an automated reply",
        "this is an automated response",
        "this is an automated message",
        "this is an auto reply",
        "this is an auto-reply",
        "this message was generated automatically",
        "this message was sent automatically",
        "this message has been sent automatically",
        "automatically generated message",
        "do not reply to this message",
        "do not disturb while driving",
        "your message could not be delivered",
    ),
    "pl": (
        "to jest automatyczna odpowiedź",
        "to automatyczna odpowiedź",
        "to jest odpowiedź automatyczna",
        "to jest automatyczna wiadomość",
        "to jest wiadomość automatyczna",
        "to wiadomość automatyczna",
        "wiadomość została wygenerowana automatycznie",
        "wiadomość została wysłana automatycznie",
        "wiadomość wysłana automatycznie",
        "nie odpowiadaj na tę wiadomość",
        "prosimy nie odpowiadać na tę wiadomość",
        "proszę nie odpowiadać na tę wiadomość",
        "nie przeszkadzać podczas jazdy",
    ),
    "de": (
        "dies ist eine automatische Antwort",
        "dies ist eine automatische Nachricht",
        "dies ist eine automatisch generierte",
        "diese Nachricht wurde automatisch",
        "bitte antworten Sie nicht auf diese Nachricht",
    ),
    "uk": ("це автоматична відповідь", "це автоматичне повідомлення", "не відповідайте на це повідомлення"),
    "fr": ("ceci est une réponse automatique", "ceci est un message automatique", "ne pas répondre à ce message"),
    "es": ("esta es una respuesta automática", "este es un mensaje automático", "no responda a este mensaje"),
}
"""What a text says at any place."""
AWAY: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("on vacation", "on holiday", "on annual leave", "on leave", "out of office", "out of the office", "driving", "in a meeting"),
    "pl": ("na urlopie", "poza biurem", "nieobecny", "nieobecna", "prowadzę samochód", "prowadzę teraz", "na spotkaniu", "na zwolnieniu"),
    "de": ("im Urlaub", "nicht im Büro", "abwesend", "außer Haus"),
    "uk": ("у відпустці", "за кермом", "не в офісі"),
    "fr": ("en vacances", "en congé", "en congés", "absent", "absente"),
    "es": ("de vacaciones", "de baja", "ausente"),
}
BACK: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "will reply",
        "will respond",
        "will answer",
        "will get back to you",
        "i'll reply",
        "i'll respond",
        "i'll get back to you",
        "i'll see your message",
        "as soon as i am back",
        "when i am back",
        "upon my return",
        "limited access",
    ),
    "pl": ("odpowiem", "odpiszę", "oddzwonię", "skontaktuję się", "odezwę się", "po powrocie", "proszę o kontakt z"),
    "de": ("melde mich", "werde antworten", "antworte Ihnen", "nach meiner Rückkehr", "wieder erreichbar"),
    "uk": ("відповім", "зателефоную", "після повернення"),
    "fr": ("je répondrai", "vous répondrai", "à mon retour", "dès mon retour"),
    "es": ("responderé", "contestaré", "a mi regreso", "a mi vuelta"),
}
"""Both together, in a text that asks nothing."""

_ENDS: Final = frozenset(".!?:;")


def says_automatic(text: str) -> bool:
    """Say whether a text says of itself that nobody wrote it just now."""
    tokens = all_tokens(text)
    words = f" {' '.join(tokens if text.isascii() else fold(tuple(tokens)))} "
    for pattern in (_HEADING, _STATEMENT):
        found = pattern.search(words)
        if found and not _is_question(words, found.end()):
            return True
    return "?" not in words and _AWAY.search(words) is not None and _BACK.search(words) is not None


def _is_question(words: str, start: int) -> bool:
    """Say whether the sentence that goes on at `start` ends with a question mark."""
    return next((sign for sign in words[start:] if sign in _ENDS), "") == "?"


def _any_of(phrases: Mapping[str, Iterable[str]]) -> str:
    folded = {" ".join(fold(tokenise(phrase))) for some in phrases.values() for phrase in some}
    return "|".join(re.escape(phrase) for phrase in sorted(folded, key=lambda phrase: (-len(phrase), phrase)))


_HEADING: Final = re.compile(rf"\A(?: [^\w\s])*(?: (?:re|fwd|fw|odp|aw) :)?(?: [^\w\s])* (?:{_any_of(HEADINGS)})(?= )")
_STATEMENT: Final = re.compile(rf" (?:{_any_of(STATEMENTS)})(?= )")
_AWAY: Final = re.compile(rf" (?:{_any_of(AWAY)})(?= )")
_BACK: Final = re.compile(rf" (?:{_any_of(BACK)})(?= )")
