"""Where something is delivered once more: where it was meant to go, to another address, or to another forward.

What belongs here: reading that. What does not: delivering (`apps.outbox.redelivery`).
"""

from ninja import Schema
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest
from recado.api.v1.forward_shapes import Url
from recado.api.v1.problems import conflict, invalid
from recado.api.v1.shapes import Id
from recado.apps.outbox.destinations import DestinationUrlError, check_url
from recado.apps.outbox.models import Destination
from recado.apps.outbox.redelivering_many import CALLED
from recado.apps.outbox.redelivery import NotRedeliverableError, check_other


class AgainTarget(Schema):
    """Where to; with neither, where it was meant to go."""

    model_config = ConfigDict(extra="forbid")
    url: Url | None = Field(None, description="To this address instead; of forwards that are called over HTTP.")
    forward_id: Id | None = Field(None, description="To this forward instead.")


def read_url(asked: AgainTarget, found: Destination) -> str | None:
    """Return the other address; raise Problem for one nothing can be sent to."""
    if asked.url is None:
        return None
    if asked.forward_id is not None:
        raise invalid("body.url", "send `url` or `forward_id`, not both")
    if found.kind not in CALLED:
        raise invalid("body.url", "only what is called over HTTP can go to another address; send `forward_id`")
    try:
        return check_url(asked.url)
    except DestinationUrlError as error:
        raise invalid("body.url", "must be a full address that begins with http:// or https:// and has no spaces") from error


def other_place(request: ProgramRequest, asked: AgainTarget) -> Destination | None:
    """Return the other forward; raise Problem where it is none, or off."""
    if asked.forward_id is None:
        return None
    found = Destination.objects.filter(account=request.account, pk=asked.forward_id, removed_at=None).first()
    if found is None:
        raise invalid("body.forward_id", "the account has no such forward")
    try:
        check_other(request.account, found)
    except NotRedeliverableError as error:
        raise conflict("forward-off", "The other forward is switched off, or takes delivery reports only. Choose another.") from error
    return found


def refuse_texts_of_tests(request: ProgramRequest, found: Destination) -> None:
    """Keep a test key from sending texts to phones."""
    if request.auth.is_test and found.kind == Destination.Kind.PHONE:
        raise conflict("test-key", "A test key sends no texts. Use another key.")
