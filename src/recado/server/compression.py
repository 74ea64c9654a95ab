"""Compression of what Django sends: pages as Django does it, streamed static files as one gzip member.

Django compresses an asynchronous stream chunk by chunk, each a gzip file of its own; browsers read the first and drop the rest.
What belongs here: that repair. What does not: what is served and from where (`settings`).
"""

import zlib
from collections.abc import AsyncIterable, AsyncIterator
from typing import cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

GZIP = 16 + zlib.MAX_WBITS
LEVEL = 6


class WholeGZipMiddleware(GZipMiddleware):
    """Compresses like Django's, and asynchronous streams into one whole."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress where the browser takes it and it is not done already."""
        if not isinstance(response, StreamingHttpResponse) or not response.is_async or response.has_header("Content-Encoding"):
            return super().process_response(request, response)
        patch_vary_headers(response, ("Accept-Encoding",))
        if "gzip" in request.headers.get("Accept-Encoding", "") and response.status_code == 200:  # noqa: PLR2004  # parts stay as they are
            response.streaming_content = compressed(cast("AsyncIterator[bytes]", response.streaming_content))
            del response.headers["Content-Length"]
            response.headers["Content-Encoding"] = "gzip"
            _weaken_etag(response)
        return response


async def compressed(chunks: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    """Compress a stream into one gzip member."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    async for chunk in chunks:
        if packed := packer.compress(chunk):
            yield packed
    yield packer.flush()


def _weaken_etag(response: HttpResponseBase) -> None:
    etag = response.get("ETag", "")
    if etag.startswith('"'):
        response.headers["ETag"] = f"W/{etag}"
