"""Addresses of the console's side for people: accounts, numbers, messages, team."""

from django.urls import URLPattern, path

from recado.panel.operator import message_search, number_import, numbers, unmatched

urlpatterns: list[URLPattern] = [
    path("numbers/", numbers.numbers, name="operator-numbers"),
    path("numbers/new/", numbers.new_number, name="operator-number-new"),
    path("numbers/import/", number_import.number_import, name="operator-number-import"),
    path("numbers/<int:number_id>/", numbers.number, name="operator-number"),
    path("numbers/<int:number_id>/change/", numbers.number_change, name="operator-number-change"),
    path("numbers/<int:number_id>/release/", numbers.number_release, name="operator-number-release"),
    path("messages/", message_search.message_search, name="operator-messages"),
    path("messages/<int:message_id>/", message_search.message_detail, name="operator-message"),
    path("unmatched/", unmatched.unmatched, name="operator-unmatched"),
    path("unmatched/<int:message_id>/", unmatched.unmatched_group, name="operator-unmatched-group"),
    path("unmatched/<int:message_id>/assign/", unmatched.unmatched_assign, name="operator-unmatched-assign"),
    path("unmatched/<int:message_id>/keyword/", unmatched.unmatched_keyword, name="operator-unmatched-keyword"),
    path("unmatched/<int:message_id>/discard/", unmatched.unmatched_discard, name="operator-unmatched-discard"),
]
