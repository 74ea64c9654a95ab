"""Addresses of the console's side for people: accounts, numbers, messages, team."""

from django.urls import URLPattern, path

from recado.panel.operator import accounts, audit, message_search, number_import, numbers, team, unmatched, visits

urlpatterns: list[URLPattern] = [
    path("accounts/", accounts.accounts, name="operator-accounts"),
    path("accounts/new/", accounts.account_new, name="operator-account-new"),
    path("accounts/<int:account_id>/", accounts.account, name="operator-account"),
    path("accounts/<int:account_id>/suspend/", accounts.account_suspend, name="operator-account-suspend"),
    path("accounts/<int:account_id>/resume/", accounts.account_resume, name="operator-account-resume"),
    path("accounts/<int:account_id>/note/", accounts.account_note, name="operator-account-note"),
    path("accounts/<int:account_id>/visit/", visits.visit, name="operator-visit"),
    path("visit/leave/", visits.visit_leave, name="operator-visit-leave"),
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
    path("team/", team.team, name="operator-team"),
    path("team/invite/", team.operator_invite, name="operator-team-invite"),
    path("team/<int:user_id>/", team.operator, name="operator-team-member"),
    path("team/<int:user_id>/remove/", team.operator_remove, name="operator-team-remove"),
    path("team/invitations/<int:invitation_id>/revoke/", team.invitation_revoke, name="operator-team-revoke"),
    path("audit/", audit.audit, name="operator-audit"),
    path("audit/export/", audit.audit_export, name="operator-audit-export"),
]
