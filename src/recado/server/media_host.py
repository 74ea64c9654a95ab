"""The host name of files, where it has one of its own (`RECADO_MEDIA_HOST`): it hands out files and nothing else.

Whatever a file might do in a browser, it would not do it where people are signed in. Nothing else belongs here.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound
from django.http.request import split_domain_port
from django.utils.translation import gettext as _


def media_host(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer 404 to anything but files there."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        own = settings.RECADO.media_host
        if own and not request.path.startswith("/media/") and split_domain_port(request.get_host())[0] == own:
            refused: HttpResponse = HttpResponseNotFound(_("There is nothing here."), content_type="text/plain; charset=utf-8")
            refused["X-Content-Type-Options"] = "nosniff"
            return refused
        return get_response(request)

    return answer
