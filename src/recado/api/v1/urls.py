"""The addresses of the API, below `/api/v1/`; what is none of them is answered by a problem as well."""

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from recado.api.v1.api import api
from recado.api.v1.problems import not_found


@csrf_exempt
def nothing(_request: HttpRequest) -> HttpResponse:
    """Say that there is no such address."""
    return not_found().response()


urlpatterns = [path("", api.urls), re_path(r"", nothing)]
