"""Access to keywords and numbers."""

from django.utils import timezone

from panel.conversations import number
from panel.doors import Door
from recado.apps.accounts.models import Role
from recado.apps.keywords.examples import save_example
from recado.apps.keywords.services import RuleContent, reserve_keyword


def a_number(account, user):
    return {"number_id": number(account).pk}


def a_keyword(account, user):
    return {"keyword_id": reserve_keyword(account, number(account), "Ogrodnik", RuleContent((), "", ())).pk}


def an_example(account, user):
    return {"example_id": save_example(account, number(account), "ogrodnik", "48604218377", timezone.now()).pk}


DOORS = {
    "tester": Door(refuses=Role.BILLING),
    "tester-answer": Door(refuses=Role.BILLING),
    "keep-example": Door(a_number, Role.AGENT, "post", {"text": "ogrodnik"}),
    "example-settle": Door(an_example, Role.AGENT, "post"),
    "example-remove": Door(an_example, Role.AGENT),
    "numbers": Door(refuses=Role.BILLING),
    "number": Door(a_number, Role.BILLING),
    "keywords": Door(refuses=Role.BILLING),
    "new-keyword": Door(refuses=Role.AGENT),
    "keyword-availability": Door(refuses=Role.BILLING),
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
