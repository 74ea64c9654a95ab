"""What a destination consists of, as a form gives it, and what can be wrong with it.

What belongs here: the checks of each kind, as codes with the field they are about. What does not: sentences (`panel`), saving (`writing`),
whether the address may be called at all (`delivery.addresses`, each time).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from recado.apps.accounts.models import Account
from recado.apps.contacts.phone import parse_msisdn
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Destination
from recado.core.forward_ports import wrong_port
from recado.core.mail_subject import unknown_places
from recado.core.request_headers import MOST, HeaderFault, header_fault

LONGEST_NAME = 80
LONGEST_URL = 2000
LONGEST_SUBJECT = 200
LONGEST_EMAIL = 254
LARGEST_BATCH = 100
LARGEST_DAILY_LIMIT = 10_000


class DestinationUrlError(ValueError):
    """The address cannot be forwarded to: it is not an http or https address with a host."""


class DestinationProblem(StrEnum):
    """What is wrong with something in a destination."""

    NAME_TOO_LONG = "name_too_long"
    URL = "url"
    """Not an http or https address with a host."""
    URL_TOO_LONG = "url_too_long"
    HEADER_NAME = "header_name"
    """No name of a header; `value` is what was given."""
    HEADER_OURS = "header_ours"
    """A header that cannot be chosen, such as `Content-Length`; `value` is its name."""
    HEADER_VALUE = "header_value"
    """Too long, or not plain ASCII; `value` is the header's name."""
    TOO_MANY_HEADERS = "too_many_headers"
    BATCH = "batch"
    """Not 1 to LARGEST_BATCH."""
    EMAIL = "email"
    SUBJECT = "subject"
    """Too long, or with line breaks."""
    PLACE = "place"
    """A placeholder in the subject that nothing is filled in for; `value` is as it was written."""
    PHONE = "phone"
    """No phone number that can get texts."""
    OWN_NUMBER = "own_number"
    """A number of this installation: what is forwarded there would come back."""
    DAILY_LIMIT = "daily_limit"
    """Not 1 to LARGEST_DAILY_LIMIT."""
    KIND = "kind"
    """Nothing is forwarded to this kind, or it is another kind than the destination has."""


_OF_HEADER: Mapping[HeaderFault, DestinationProblem] = {
    HeaderFault.NAME: DestinationProblem.HEADER_NAME,
    HeaderFault.RESERVED: DestinationProblem.HEADER_OURS,
    HeaderFault.VALUE: DestinationProblem.HEADER_VALUE,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and the field of DestinationContent it is wrong in."""

    field: str
    reason: DestinationProblem
    value: str = ""


class DestinationError(ValueError):
    """A destination cannot be saved as given; `problems` says why, the first is the most important one."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(f"{one.field}: {one.reason}" for one in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationContent:
    """A destination as people write it down; fields that its kind does not use are left alone."""

    kind: Destination.Kind
    name: str = ""
    """Empty: called after where it goes to."""
    url: str = ""
    method: Destination.Method = Destination.Method.GET
    body: Destination.Body = Destination.Body.JSON
    signature: Destination.Signature = Destination.Signature.HMAC
    headers: Mapping[str, str] = field(default_factory=dict)
    batch_limit: int = 1
    phone_form: Destination.PhoneForm = Destination.PhoneForm.DIGITS
    takes_replies: bool = False
    email: str = ""
    subject: str = ""
    has_attachments: bool = True
    msisdn: str = ""
    """As people write phones; `normalised` turns it into digits."""
    daily_limit: int | None = None
    """None: the standard limit (`core.phone_forward.STANDARD_DAILY_LIMIT`)."""


def content_of(destination: Destination) -> DestinationContent:
    """Return a destination as it was given."""
    return DestinationContent(
        kind=Destination.Kind(destination.kind),
        name=destination.name,
        url=destination.url,
        method=Destination.Method(destination.method),
        body=Destination.Body(destination.body),
        signature=Destination.Signature(destination.signature),
        headers=dict(destination.headers),
        batch_limit=destination.batch_limit,
        phone_form=Destination.PhoneForm(destination.phone_form),
        takes_replies=destination.takes_replies,
        email=destination.email,
        subject=destination.subject,
        has_attachments=destination.has_attachments,
        msisdn=destination.msisdn,
        daily_limit=destination.daily_limit,
    )


def check_url(url: str) -> str:
    """Return the address without surrounding space; raise DestinationUrlError where nothing can be sent to it."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and wrong_port(parts.port) is None
    except ValueError:
        usable = False
    if not usable or any(character.isspace() for character in url):
        raise DestinationUrlError(url)
    return url


def check(account: Account, content: DestinationContent, destination: Destination | None = None) -> list[Problem]:
    """Say what is wrong with a destination before it is made, or changed; nothing is wrong with an empty list."""
    problems = []
    if content.kind == Destination.Kind.RECEIPTS or (destination is not None and destination.kind != content.kind):
        problems.append(Problem("kind", DestinationProblem.KIND))
    if len(content.name.strip()) > LONGEST_NAME:
        problems.append(Problem("name", DestinationProblem.NAME_TOO_LONG))
    if content.kind in {Destination.Kind.URL, Destination.Kind.WEBHOOK}:
        problems += _wrong_url(content)
    if content.kind == Destination.Kind.EMAIL:
        problems += _wrong_mail(content)
    if content.kind == Destination.Kind.PHONE:
        problems += _wrong_phone(account, content)
    return problems


def normalised(account: Account, content: DestinationContent) -> DestinationContent:
    """Return a checked destination as it is stored: trimmed, the phone as digits, with a name."""
    msisdn = read_phone(account, content.msisdn) or ""
    content = replace(
        content, name=" ".join(content.name.split()), url=content.url.strip(), email=content.email.strip(), subject=content.subject.strip()
    )
    shown = {Destination.Kind.EMAIL: content.email, Destination.Kind.PHONE: f"+{msisdn}"}
    name = content.name or shown.get(content.kind) or _host(content.url) or content.url
    return replace(content, msisdn=msisdn, name=name[:LONGEST_NAME])


def read_phone(_account: Account, text: str) -> str | None:
    """Read the phone of a destination: international digits, None where it is none."""
    return parse_msisdn(text)


def _wrong_url(content: DestinationContent) -> Iterator[Problem]:
    try:
        check_url(content.url)
    except DestinationUrlError:
        yield Problem("url", DestinationProblem.URL)
    if len(content.url.strip()) > LONGEST_URL:
        yield Problem("url", DestinationProblem.URL_TOO_LONG)
    if content.kind != Destination.Kind.WEBHOOK:
        return
    if not 1 <= content.batch_limit <= LARGEST_BATCH:
        yield Problem("batch_limit", DestinationProblem.BATCH)
    if len(content.headers) > MOST:
        yield Problem("headers", DestinationProblem.TOO_MANY_HEADERS)
    for name, value in content.headers.items():
        if fault := header_fault(name, value.strip()):  # as delivery asks before it sends them
            yield Problem("headers", _OF_HEADER[fault], name)


def _wrong_mail(content: DestinationContent) -> Iterator[Problem]:
    try:
        validate_email(content.email.strip())
    except ValidationError:
        yield Problem("email", DestinationProblem.EMAIL)
    else:
        if len(content.email.strip()) > LONGEST_EMAIL:
            yield Problem("email", DestinationProblem.EMAIL)
    if len(content.subject.strip()) > LONGEST_SUBJECT or not content.subject.strip().isprintable():
        yield Problem("subject", DestinationProblem.SUBJECT)
    for place in unknown_places(content.subject):
        yield Problem("subject", DestinationProblem.PLACE, place)


def _wrong_phone(account: Account, content: DestinationContent) -> Iterator[Problem]:
    msisdn = read_phone(account, content.msisdn)
    if msisdn is None:
        yield Problem("msisdn", DestinationProblem.PHONE)
    elif is_own_number(msisdn):
        yield Problem("msisdn", DestinationProblem.OWN_NUMBER)
    if content.daily_limit is not None and not 1 <= content.daily_limit <= LARGEST_DAILY_LIMIT:
        yield Problem("daily_limit", DestinationProblem.DAILY_LIMIT)


def is_own_number(msisdn: str) -> bool:
    """Say whether a phone is a number of the installation, whoever's: what is forwarded there comes back in."""
    return Number.objects.filter(digits=msisdn).exists()


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
