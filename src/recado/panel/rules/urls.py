"""Addresses of rules."""

from django.urls import URLPattern, path

from recado.panel.rules import rules

urlpatterns: list[URLPattern] = [
    path("keywords/<int:keyword_id>/rules/new/", rules.new_keyword_rule, name="keyword-rule-new"),
    path("numbers/<int:number_id>/rules/new/", rules.new_number_rule, name="number-rule-new"),
    path("rules/<int:rule_id>/", rules.rule, name="rule"),
    path("rules/<int:rule_id>/move/", rules.rule_move, name="rule-move"),
    path("rules/<int:rule_id>/delete/", rules.rule_delete, name="rule-delete"),
    path("rules/restore/", rules.rule_restore, name="rule-restore"),
]
