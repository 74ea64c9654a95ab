"""Access to keywords and numbers."""

from panel.conversations import number
from panel.doors import Door
from recado.apps.accounts.models import Role
from recado.apps.keywords.rules import RuleContent, add_rule
from recado.apps.keywords.services import reserve_keyword


def a_number(account, user):
    return {"number_id": number(account).pk}


def a_keyword(account, user):
    return {"keyword_id": reserve_keyword(account, number(account), "Ogrodnik", RuleContent((), "", ())).pk}


def a_rule(account, user):
    keyword = reserve_keyword(account, number(account), "Ogrodnik")
    return {"rule_id": add_rule(keyword, account, RuleContent(reply="Hej")).pk}


DOORS = {
    "numbers": Door(refuses=Role.BILLING),
    "number": Door(a_number, Role.BILLING),
    "keywords": Door(refuses=Role.BILLING),
    "new-keyword": Door(refuses=Role.AGENT),
    "keyword-availability": Door(refuses=Role.BILLING),
    "keyword-kinds": Door(refuses=Role.BILLING),
    "keyword-rule-new": Door(a_keyword, Role.AGENT),
    "number-rule-new": Door(a_number, Role.AGENT),
    "rule": Door(a_rule, Role.BILLING),
    "rule-move": Door(a_rule, Role.AGENT, "post"),
    "rule-delete": Door(a_rule, Role.AGENT, "post"),
    "rule-restore": Door(refuses=Role.AGENT, method="post"),
    "keyword": Door(a_keyword, Role.BILLING),
    "keyword-state": Door(a_keyword, Role.AGENT, "post"),
    "keyword-dry-run": Door(a_keyword, Role.BILLING),
    "keyword-end": Door(a_keyword, Role.AGENT, "post"),
    "keyword-poster": Door(a_keyword, Role.BILLING),
    "keyword-poster-svg": Door(a_keyword, Role.BILLING),
    "keyword-qr-svg": Door(a_keyword, Role.BILLING),
    "keyword-qr-png": Door(a_keyword, Role.BILLING),
    "simulator-reset": Door(refuses=Role.AGENT, method="post"),
}
