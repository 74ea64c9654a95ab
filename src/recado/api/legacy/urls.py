"""The older API's addresses, below /zdalnie/: with and without `index.php`."""

from django.urls import path

from recado.api.legacy.views import answer

urlpatterns = [path("", answer, name="api-legacy"), path("index.php", answer, name="api-legacy-index")]
