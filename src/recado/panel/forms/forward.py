"""The forms of places messages are forwarded to, one for each kind.

What belongs here: fields and their way into `DestinationContent`. What does not: what is right in each (`apps.outbox.destinations`),
sentences for what is wrong (`panel.forwards.words`).
"""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recado.apps.outbox.destinations import DestinationContent, Problem
from recado.apps.outbox.models import Destination
from recado.panel.forms.styled import StyledForm
from recado.panel.forwards.words import problem_in_words
from recado.panel.templatetags.recado import msisdn

ADDRESS = {"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}


class ForwardForm(StyledForm):
    """What all kinds have; `content` reads the fields of the kind by the names of `DestinationContent`."""

    kind: ClassVar[Destination.Kind]

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Only you see it: Shop, Office, Anna’s phone. Leave it empty to call it after where it goes."),
    )

    def __init__(self, *args: Any, content: DestinationContent | None = None, **kwargs: Any) -> None:
        if content is not None:
            kwargs["initial"] = self.started(content) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def started(self, content: DestinationContent) -> dict[str, Any]:
        """Return what the fields begin with."""
        return {name: getattr(content, name) for name in self.base_fields}

    def content(self) -> DestinationContent:
        """Return what was asked for."""
        return DestinationContent(kind=self.kind, **self.cleaned_data)

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Show why it could not be saved."""
        for problem in problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem_in_words(problem))


class UrlForm(ForwardForm):
    """A web address in the provider's style."""

    kind = Destination.Kind.URL
    url = forms.CharField(
        label=gettext_lazy("Web address"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, **ADDRESS}),
        help_text=gettext_lazy("Where a placeholder such as #NUMER# stands, the message is filled in."),
    )
    method = forms.ChoiceField(
        label=gettext_lazy("Method"),
        choices=Destination.Method.choices,
        help_text=gettext_lazy("GET puts everything into the address, POST sends it as a form."),
    )
    phone_form = forms.ChoiceField(
        label=gettext_lazy("Phone numbers"),
        choices=Destination.PhoneForm.choices,
        required=False,
        help_text=gettext_lazy("How your program wants phones. Short numbers and names stay as they are."),
    )
    takes_replies = forms.BooleanField(
        label=gettext_lazy("Its answer may hold a reply to the sender"),
        required=False,
        help_text=gettext_lazy("What stands below OK in the answer is sent as a text; it costs as much as an automatic reply."),
    )

    def clean_phone_form(self) -> str:
        """Take the usual form where none was chosen."""
        return self.cleaned_data["phone_form"] or Destination.PhoneForm.DIGITS.value


class WebhookForm(ForwardForm):
    """A signed webhook."""

    kind = Destination.Kind.WEBHOOK
    url = forms.CharField(
        label=gettext_lazy("Address of the webhook"), max_length=2000, widget=forms.URLInput(attrs={**ADDRESS, "placeholder": "https://"})
    )
    body = forms.ChoiceField(label=gettext_lazy("Format"), choices=Destination.Body.choices)
    signature = forms.ChoiceField(
        label=gettext_lazy("Signature"),
        choices=Destination.Signature.choices,
        help_text=gettext_lazy(
            "HMAC is right unless your program asks for Ed25519. Bodies as Twilio sends them are signed as Twilio does."
        ),
    )
    takes_replies = forms.BooleanField(
        label=gettext_lazy("Its answer may hold a reply to the sender"),
        required=False,
        help_text=gettext_lazy("A reply in the answer is sent as a text; it costs as much as an automatic reply."),
    )
    batch_limit = forms.IntegerField(
        label=gettext_lazy("Messages in one call, at most"),
        min_value=1,
        max_value=100,
        initial=1,
        help_text=gettext_lazy("1 unless your program takes a list: then what waits comes together, which is faster when much arrives."),
    )
    headers = forms.CharField(
        label=gettext_lazy("Own headers"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy("One a line, such as Authorization: Bearer 7f3a. Most need none."),
    )

    def started(self, content: DestinationContent) -> dict[str, Any]:
        """Write headers one a line."""
        return super().started(content) | {"headers": "\n".join(f"{name}: {value}" for name, value in content.headers.items())}

    def clean_headers(self) -> Mapping[str, str]:
        """Read headers one a line."""
        found: dict[str, str] = {}
        for line in filter(str.strip, self.cleaned_data["headers"].splitlines()):
            name, colon, value = line.partition(":")
            if not colon or not name.strip():
                raise forms.ValidationError(_("Write one header a line: Name: value."))
            found[name.strip()] = value.strip()
        return found


class EmailForm(ForwardForm):
    """An e-mail address."""

    kind = Destination.Kind.EMAIL
    email = forms.CharField(label=gettext_lazy("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Leave it empty for the usual one. Where a placeholder such as {sender} stands, the message is filled in."),
    )
    has_attachments = forms.BooleanField(
        label=gettext_lazy("Attach pictures and files that came with the message"), required=False, initial=True
    )


class PhoneForm(ForwardForm):
    """A phone."""

    kind = Destination.Kind.PHONE
    msisdn = forms.CharField(
        label=gettext_lazy("Phone"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    )
    daily_limit = forms.IntegerField(
        label=gettext_lazy("Messages a day, at most"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=gettext_lazy("So that a flood of messages costs no fortune. Leave it empty for 100."),
    )

    def started(self, content: DestinationContent) -> dict[str, Any]:
        """Write the phone as people do."""
        return super().started(content) | {"msisdn": msisdn(content.msisdn)}


FORMS: Mapping[str, type[ForwardForm]] = {form.kind: form for form in (UrlForm, WebhookForm, EmailForm, PhoneForm)}
