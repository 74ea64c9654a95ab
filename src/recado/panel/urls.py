"""The panel's addresses."""

from allauth.account import views as allauth_views
from django.urls import URLPattern, path
from django.views.generic.base import RedirectView

from recado.panel import preferences

urlpatterns: list[URLPattern] = [
    path("", RedirectView.as_view(url="/inbox/"), name="start"),
    # signing in
    path("login/", allauth_views.login, name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("signup/", allauth_views.signup, name="account_signup"),
    path("language/", preferences.language, name="language"),
    path("account/", preferences.account_choice, name="account_choice"),
]
