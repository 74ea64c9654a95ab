"""Addresses of the inbox."""

from django.urls import URLPattern, path

from recado.panel.inbox import actions, attaching, conversations, opting_out, scheduled, side, writing

urlpatterns: list[URLPattern] = [
    path("", conversations.conversations, name="inbox"),
    path("<int:dialogue_id>/", conversations.conversation, name="conversation"),
    path("<int:dialogue_id>/send/", writing.send, name="conversation-send"),
    path("<int:dialogue_id>/attach/", attaching.attach, name="conversation-attach"),
    path("<int:dialogue_id>/files/", attaching.kept, name="conversation-files"),
    path("<int:dialogue_id>/messages/<int:message_id>/cancel/", scheduled.take_back, name="conversation-message-cancel"),
    path("<int:dialogue_id>/messages/<int:message_id>/now/", scheduled.at_once, name="conversation-message-now"),
    path("<int:dialogue_id>/claim/", writing.claim, name="conversation-claim"),
    path("<int:dialogue_id>/release/", writing.release, name="conversation-release"),
    path("<int:dialogue_id>/note/", writing.note, name="conversation-note"),
    path("<int:dialogue_id>/canned/", writing.canned, name="conversation-canned"),
    path("<int:dialogue_id>/group/", side.group, name="conversation-group"),
    path("<int:dialogue_id>/opt-out/", opting_out.opt_out, name="conversation-opt-out"),
    path("<int:dialogue_id>/read/", conversations.read, name="conversation-read"),
    path("<int:dialogue_id>/state/", actions.state, name="conversation-state"),
    path("<int:dialogue_id>/snooze/", actions.snooze, name="conversation-snooze"),
    path("<int:dialogue_id>/assign/", actions.assign, name="conversation-assign"),
    path("<int:dialogue_id>/unread/", actions.unread, name="conversation-unread"),
    path("<int:dialogue_id>/label/", actions.label, name="conversation-label"),
]
