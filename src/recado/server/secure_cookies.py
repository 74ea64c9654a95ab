"""Cookies that were set over TLS are sent over TLS alone.

A setting could not tell: the same installation is reached over TLS through its proxy and without it on loopback.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


def secure_cookies(get_response: GetResponse) -> GetResponse:
    """Mark every cookie of an answer to an https request as secure (a Django middleware)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.is_secure():
            for morsel in response.cookies.values():
                morsel["secure"] = True
        return response

    return middleware
