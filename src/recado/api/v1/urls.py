"""The addresses of the API, below `/api/v1/`; what is none of them is answered by a problem as well."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from recado.api.v1.api import api
from recado.api.v1.gate import gated
from recado.api.v1.problems import not_found


def nothing(_request: HttpRequest) -> HttpResponse:
    """Say that there is no such address."""
    return not_found().response()


_patterns, _app, _namespace = api.urls
for _pattern in _patterns:
    if isinstance(_pattern, URLPattern):
        _pattern.callback = gated(_pattern.callback)
urlpatterns = [path("", (_patterns, _app, _namespace)), re_path(r"", gated(nothing))]
