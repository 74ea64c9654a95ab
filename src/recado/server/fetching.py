"""Fetches a file from the web for `apps.media`, through the guarded client that forwards go out by.

What belongs here: tying these two together. What does not: the guard itself (`delivery.http_client`).
"""

import asyncio

from django.conf import settings

from recado.apps.media.fetching import FetchError
from recado.delivery.errors import DeliveryError
from recado.delivery.http_client import HttpClient

HTTP_OK = 200


def fetch(url: str, most_bytes: int) -> bytes:
    """Fetch a file within the client's time limit; no redirect is followed, no private network reached.

    Of what is larger than `most_bytes` one byte more is returned, so that it is seen to be too large.
    """
    return asyncio.run(_fetch(url, most_bytes))


async def _fetch(url: str, most_bytes: int) -> bytes:
    async with HttpClient(allow_private=settings.RECADO.allow_private_forwards, body_limit=most_bytes + 1) as client:
        try:
            answer = await client.send("GET", url)
        except DeliveryError as error:
            raise FetchError(error.reason) from error
    if answer.status != HTTP_OK:
        raise FetchError(f"the address answered {answer.status}")
    return answer.body
