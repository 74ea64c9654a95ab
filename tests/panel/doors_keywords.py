"""Access to keywords."""

from django.utils import timezone

from panel.conversations import number
from panel.doors import Door
from recado.apps.accounts.models import Role
from recado.apps.keywords.examples import save_example
from recado.apps.keywords.rules import RuleContent, add_rule
from recado.apps.keywords.services import reserve_keyword
from recado.apps.keywords.synonyms import add_synonym


def a_number(account, user):
    return {"number_id": number(account).pk}


def a_keyword(account, user):
    return {"keyword_id": reserve_keyword(account, number(account), "Ogrodnik", RuleContent((), "", ())).pk}


def an_example(account, user):
    return {"example_id": save_example(account, number(account), "ogrodnik", "48604218377", timezone.now()).pk}


def a_rule(account, user):
    keyword = reserve_keyword(account, number(account), "Ogrodnik")
    return {"rule_id": add_rule(keyword, account, RuleContent(reply="Hej")).pk}


def a_poster_file(account, user):
    return {**a_keyword(account, user), "size": "a5", "kind": "pdf"}


def a_synonym(account, user):
    keyword = reserve_keyword(account, number(account), "Ogrodnik")
    return {"keyword_id": keyword.pk, "synonym_id": add_synonym(keyword, "Gardener").pk}


DOORS = {
    "tester": Door(refuses=Role.BILLING),
    "tester-answer": Door(refuses=Role.BILLING),
    "keep-example": Door(a_number, Role.AGENT, "post", {"text": "ogrodnik"}),
    "example-settle": Door(an_example, Role.AGENT, "post"),
    "example-remove": Door(an_example, Role.AGENT),
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
    "near-misses": Door(refuses=Role.BILLING),
    "near-miss-add": Door(a_keyword, Role.AGENT, "post", {"spelling": "ogrodnk"}),
    "near-miss-ignore": Door(a_keyword, Role.AGENT, "post", {"spelling": "ogrodnk"}),
    "keyword": Door(a_keyword, Role.BILLING),
    "keyword-state": Door(a_keyword, Role.AGENT, "post"),
    "keyword-dry-run": Door(a_keyword, Role.BILLING),
    "keyword-synonym-add": Door(a_keyword, Role.AGENT, "post", {"word": "Gardener"}),
    "keyword-synonym-remove": Door(a_synonym, Role.AGENT, "post"),
    "keyword-end": Door(a_keyword, Role.AGENT, "post"),
    "keyword-poster": Door(a_keyword, Role.BILLING),
    "keyword-poster-file": Door(a_poster_file, Role.BILLING),
    "keyword-qr-svg": Door(a_keyword, Role.BILLING),
    "keyword-qr-png": Door(a_keyword, Role.BILLING),
    "simulator-reset": Door(refuses=Role.AGENT, method="post"),
}
