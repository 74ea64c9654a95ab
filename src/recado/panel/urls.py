"""The panel's addresses."""

from allauth.account import views as allauth_views
from django.urls import URLPattern, path
from django.views.generic.base import RedirectView

from recado.panel import contacts, groups, inbox, keywords, message_trace, numbers, preferences, simulator

urlpatterns: list[URLPattern] = [
    path("", RedirectView.as_view(pattern_name="inbox"), name="start"),
    # signing in
    path("login/", allauth_views.login, name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("signup/", allauth_views.signup, name="account_signup"),
    path("language/", preferences.language, name="language"),
    path("account/", preferences.account_choice, name="account-choice"),
    # configuration
    path("numbers/", numbers.number_list, name="numbers"),
    path("numbers/<int:number_id>/", numbers.number, name="number"),
    path("keywords/", keywords.keyword_list, name="keywords"),
    path("keywords/new/", keywords.new_keyword, name="new-keyword"),
    path("keywords/availability/", keywords.availability, name="keyword-availability"),
    path("keywords/<int:keyword_id>/", keywords.keyword, name="keyword"),
    path("keywords/<int:keyword_id>/state/", keywords.keyword_state, name="keyword-state"),
    path("keywords/<int:keyword_id>/dry-run/", keywords.dry_run, name="keyword-dry-run"),
    path("keywords/<int:keyword_id>/end/", keywords.keyword_end, name="keyword-end"),
    path("groups/", groups.group_list, name="groups"),
    path("groups/<int:group_id>/", groups.group, name="group"),
    path("groups/<int:group_id>/delete/", groups.group_delete, name="group-delete"),
    path("groups/<int:group_id>/contacts/<int:contact_id>/leave/", groups.group_leave, name="group-leave"),
    path("contacts/", contacts.contact_list, name="contacts"),
    path("contacts/new/", contacts.new_contact, name="new-contact"),
    path("contacts/<int:contact_id>/", contacts.contact, name="contact"),
    path("contacts/<int:contact_id>/delete/", contacts.contact_delete, name="contact-delete"),
    path("simulator/", simulator.simulator, name="simulator"),
    path("simulator/screen/", simulator.screen, name="simulator-screen"),
    # inbox
    path("inbox/", inbox.conversations, name="inbox"),
    path("inbox/<int:dialogue_id>/", inbox.conversation, name="conversation"),
    path("inbox/<int:dialogue_id>/send/", inbox.send, name="conversation-send"),
    path("inbox/<int:dialogue_id>/read/", inbox.read, name="conversation-read"),
    path("inbox/<int:dialogue_id>/state/", inbox.state, name="conversation-state"),
    path("messages/<int:message_id>/", message_trace.trace, name="message-trace"),
]
