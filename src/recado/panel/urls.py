"""The panel's addresses: where each part of it begins. The addresses of a part are in its own `urls.py`."""

from allauth.account import views as allauth_views
from django.urls import URLPattern, URLResolver, include, path

from recado.panel import message_trace, numbers, preferences, simulator, start

urlpatterns: list[URLPattern | URLResolver] = [
    path("", start.start, name="start"),
    path("start/checklist/", start.start_checklist, name="start-checklist"),
    # signing in
    path("login/", allauth_views.login, name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("signup/", allauth_views.signup, name="account_signup"),
    path("language/", preferences.language, name="language"),
    path("theme/", preferences.theme, name="theme"),
    path("account/", preferences.account_choice, name="account-choice"),
    # messages
    path("inbox/", include("recado.panel.inbox.urls")),
    path("messages/<int:message_id>/", message_trace.trace, name="message-trace"),
    # configuration
    path("numbers/", numbers.number_list, name="numbers"),
    path("numbers/<int:number_id>/", numbers.number, name="number"),
    path("keywords/", include("recado.panel.keywords.urls")),
    path("", include("recado.panel.contacts.urls")),
    path("settings/", include("recado.panel.settings.urls")),
    path("operator/", include("recado.panel.operator.urls")),
    path("simulator/", simulator.simulator, name="simulator"),
    path("simulator/screen/", simulator.screen, name="simulator-screen"),
    path("simulator/reset/", simulator.reset, name="simulator-reset"),
]
