"""The compatible API's addresses: everything below /api2/ is one view with a table of actions."""

from django.urls import re_path

from recado.api.compat.views import answer

urlpatterns = [re_path(r"^(?P<path>.*)$", answer, name="api-compat")]
