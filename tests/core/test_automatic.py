"""Texts that say of themselves that a machine wrote them, and ordinary ones that mention the same things."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.automatic import AWAY, BACK, HEADINGS, STATEMENTS, says_automatic

AUTOMATIC = [
    "automatic reply: I am out of office",
    "Automatic Reply: I am out of the office until Monday. Need help? Call 600 700 800.",
    "[Auto-Reply] We got your message.",
    "AUTOREPLY",
    "Re: Out of office",
    "*** Out of Office *** Back on 4 May.",
    "Hello! This is an automated message, please call us instead.",
    "Thank you. This message was generated automatically.",
    "Please do not reply to this message.",
    "I'm driving with Do Not Disturb While Driving turned on. I'll see your message when I get where I'm going.",
    "I am on vacation until 5 May and will reply when I am back.",
    "I'm in a meeting, I'll get back to you.",
    "Undeliverable: mailbox full",
    "Odpowiedź automatyczna: jestem na urlopie.",
    "Automatyczna odpowiedz - wrocimy jutro",
    "Dzień dobry, to jest wiadomość automatyczna. Biuro czynne od 9.",
    "Wiadomość wygenerowana automatycznie, prosimy na nią nie odpowiadać.",
    "Prosimy nie odpowiadać na tę wiadomość.",
    "Jestem na urlopie do 5 maja. Odpiszę po powrocie.",
    "Prowadzę teraz, oddzwonię później.",
    "Prowadzę samochód z włączonym trybem Nie przeszkadzać podczas jazdy.",
    "AUTOODPOWIEDŹ",
    "Automatische Antwort: Ich bin im Urlaub.",
    "Abwesenheitsnotiz",
    "Ich bin derzeit nicht im Büro und melde mich am Montag.",
    "Автоматична відповідь: ми зачинені",
    "Я у відпустці, відповім у понеділок.",
    "Réponse automatique : absent jusqu'à lundi",
    "Je suis en congés et vous répondrai à mon retour.",
    "Respuesta automática: estoy de vacaciones",
    "Estoy fuera de la oficina de vacaciones, contestaré el lunes",
]
ORDINARY = [
    "",
    "GARDENER",
    "Is this an automatic reply?",
    "Czy to automatyczna odpowiedź?",
    "Out of office hours, can I still come?",
    "I will be on vacation next week, may I come on Friday?",
    "We are on holiday from May, please keep our parcel",
    "I am out of the office today, can we meet tomorrow?",
    "Please stop sending me automatic replies",
    "Proszę nie wysyłać mi automatycznych wiadomości",
    "Jestem na urlopie, czy mogę przełożyć wizytę?",
    "Jestem na urlopie od poniedziałku, proszę przełożyć wizytę",
    "Nieobecna dziś córka Ola, klasa 3b",
    "Auto czerwone stoi na miejscu 5, proszę przestawić",
    "Automat do kawy nie działa",
    "Kupię automatyczną skrzynię biegów",
    "Im driving to you now, there in 10",
    "Oddzwonię wieczorem",
    "Odpiszę jutro, teraz nie mogę",
    "I'll reply tomorrow",
    "Ich bin im Urlaub, geht es auch im Juni?",
    "Estoy de vacaciones en Madrid",
    "On est en vacances, à bientôt",
    "The delivery failed again, where is my parcel",
    "Thank you for the answer",
    "автомат не працює",
]


@pytest.mark.parametrize("text", AUTOMATIC)
def test_a_machine_is_recognised_by_what_it_says(text: str):
    assert says_automatic(text)
    assert says_automatic(f"  {text}\n")


@pytest.mark.parametrize("text", ORDINARY)
def test_people_who_mention_such_things_are_people(text: str):
    assert not says_automatic(text)


@pytest.mark.parametrize("phrase", [phrase for some in (HEADINGS, STATEMENTS) for phrases in some.values() for phrase in phrases])
def test_each_phrase_counts_unless_it_is_asked(phrase: str):
    assert says_automatic(phrase.upper())
    assert says_automatic(f"{phrase}. Goodbye")
    assert not says_automatic(f"{phrase}?")


@pytest.mark.parametrize("language", list(AWAY))
def test_being_away_counts_together_with_coming_back(language: str):
    for away in AWAY[language]:
        assert not says_automatic(f"xx {away}")
        assert says_automatic(f"xx {away} xx {BACK[language][0]}")


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str):
    assert says_automatic(text) in {True, False}
