"""The panel's addresses: where each part of it begins. The addresses of a part are in its own `urls.py`."""

from django.urls import URLPattern, URLResolver, include, path

from recado.panel import preferences, simulator, start

urlpatterns: list[URLPattern | URLResolver] = [
    path("", start.start, name="start"),
    path("checklist/", start.checklist, name="checklist"),
    path("", include("recado.panel.sign_in.urls")),
    path("language/", preferences.language, name="language"),
    path("theme/", preferences.theme, name="theme"),
    path("account/", preferences.account_choice, name="account-choice"),
    # messages
    path("inbox/", include("recado.panel.inbox.urls")),
    path("messages/", include("recado.panel.message_log.urls")),
    # configuration
    path("sends/", include("recado.panel.sends.urls")),
    path("stats/", include("recado.panel.statistics.urls")),
    path("numbers/", include("recado.panel.numbers.urls")),
    path("keywords/", include("recado.panel.keywords.urls")),
    path("autoresponders/", include("recado.panel.autoresponders.urls")),
    path("contests/", include("recado.panel.contests.urls")),
    path("surveys/", include("recado.panel.surveys.urls")),
    path("boards/", include("recado.panel.boards.urls")),
    path("codes/", include("recado.panel.codes.urls")),
    path("forwards/", include("recado.panel.forwards.urls")),
    path("tester/", include("recado.panel.keywords.tester_urls")),
    path("", include("recado.panel.rules.urls")),
    path("", include("recado.panel.contacts.urls")),
    path("", include("recado.panel.everywhere.urls")),
    path("", include("recado.panel.public.urls")),
    path("media/", include("recado.panel.media.urls")),
    path("developers/", include("recado.panel.developers.urls")),
    path("billing/", include("recado.panel.billing.urls")),
    path("settings/", include("recado.panel.settings.urls")),
    path("operator/", include("recado.panel.operator.urls")),
    path("styleguide/", include("recado.panel.styleguide.urls")),
    path("simulator/", simulator.simulator, name="simulator"),
    path("simulator/screen/", simulator.screen, name="simulator-screen"),
    path("simulator/reset/", simulator.reset, name="simulator-reset"),
]
