"""The picture of a call is the call: the panel fills templates in as delivery does."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from recado.apps.accounts.models import Account
from recado.apps.outbox.call_preview import filled
from recado.apps.outbox.mail_preview import FIRST_NAME, KEYWORD, LAST_NAME, shown_subject
from recado.core.mail_subject import PLACES
from recado.core.phone_form import PhoneForm
from recado.delivery.macros import build_call
from recado.delivery.mail_message import Identity, Letter, write_mail
from recado.delivery.phone_form import ForwardedInForm
from recado.panel.forwards.explained import EXPLANATIONS, explanation

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
FORMS = st.sampled_from(list(PhoneForm))
QUERIES = st.lists(
    st.sampled_from(["n=#NUMER#", "t=#wiadomosc#", "k=7%20a", "x=a#DATA#b", "d=#NUMERDO#", "u=#NIE#", "", "i=#ID#"]), max_size=5
)


@given(QUERIES, st.sampled_from(["GET", "POST"]), st.text(min_size=1, max_size=20), st.sampled_from(["", "/in", "/in/#NUMER#/x"]), FORMS)
def test_a_template_is_filled_in_as_delivery_does(query, method, text, path, form):
    template = f"https://shop.example{path or '/'}" + ("?" + "&".join(query) if query else "")
    with timezone.override("Europe/Warsaw"):
        shown = filled(method, template, NOW, sender="48600100200", recipient="48503340503", text=text, phone_form=form)
    told = ForwardedInForm(123456789012345678, "48600100200", "48503340503", text, NOW, phone_form=form)
    call = build_call(method, template, told)
    assert (shown.method, shown.url, shown.body.encode()) == (call.method, call.url, call.body)


def test_placeholders_nobody_fills_in_are_named():
    assert filled("GET", "https://a.example/?a=#NUMER#&b=#NR#&c=#nr#", NOW, sender="1", recipient="2", text="x").unknown == ("NR", "nr")


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("template", ["", "Order", "{sender}: {text}", "{" + "} {".join(PLACES) + "}", "{nobody} {phone}"])
def test_a_subject_is_filled_in_as_delivery_does(template, language):
    sample = {"sender": "48600100200", "recipient": "48503340503", "text": "A test: is this arriving? " * 5}
    names = {"keyword": KEYWORD, "first_name": FIRST_NAME, "last_name": LAST_NAME, "language": language}
    letter = Letter(1, 1, 1, "a@shop.example", template, sample["sender"], sample["recipient"], sample["text"], NOW, 1, **names)
    mail = write_mail(letter, Identity("sms@example.org", ""), NOW).message
    assert shown_subject(Account(language=language), template, sample).line == mail["Subject"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("no secure connection: certificate verify failed: certificate has expired", "has expired"),
        ("no secure connection: certificate verify failed: Hostname mismatch, certificate is not valid for 'a'", "another name"),
        ("no secure connection: certificate verify failed: self-signed certificate", "made itself"),
        ("no secure connection: certificate verify failed: unable to get local issuer certificate", "full chain"),
        ("no secure connection: wrong version number", "speak https"),
        ("shop.example leads to a private network (10.0.0.1), which forwards must not reach", "private network"),
        ("no complete answer within 10 seconds", "within 10 seconds"),
        ("the name shop.example cannot be resolved: Name or service not known", "does not exist"),
        ("answered HTTP 410: the address is gone", "gone for good"),
        ("answered HTTP 302; redirects are not followed", "follow no detours"),
        ("answered HTTP 401", "refuses the call"),
        ("answered HTTP 503", "broke"),
        ("answered 'Thanks' instead of OK", "something else than OK"),
        ("answered nothing instead of OK", "did not answer OK"),
        ("no connection: [Errno 111] Connection refused", "Nobody answers"),
        ("the port 22 belongs to another kind of service", "port"),
    ],
)
def test_a_failure_is_explained(error, words):
    assert words in explanation(error)


def test_what_nobody_foresaw_stands_for_itself():
    assert explanation("the moon was full") == ""
    assert explanation("") == ""
    assert all(str(words) for _pattern, words in EXPLANATIONS)
