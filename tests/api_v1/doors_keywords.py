"""Doors of keywords, rules, examples and the tester."""

from django.utils import timezone

from api_v1.doors import Door
from api_v1.numbers_there import keyword, own_number, two_rules
from recado.apps.keywords.examples import save_example
from recado.apps.keywords.rule_undo import remember, seal
from recado.apps.keywords.synonyms import add_synonym


def a_number(account):
    return {"number_id": own_number(account).pk}


def a_keyword(account):
    return {"keyword_id": keyword(account).pk}


def a_synonym(account):
    there = keyword(account)
    return {"keyword_id": there.pk, "synonym_id": add_synonym(there, "Gardener").pk}


def a_rule(account):
    return {"rule_id": two_rules(account)[0].pk}


def an_example(account):
    number = own_number(account)
    return {"example_id": save_example(account, number, "ogrodnik", "48604218377", timezone.now()).pk}


RESTORED: dict[str, str] = {}


def nothing(account):  # the rule is named in the body, which a stranger cannot have
    RESTORED["undo"] = seal(remember(two_rules(account)[1]))
    return {}


NEAR = {"spelling": "ogrodnk"}
DOORS = {
    "list_keywords": Door(),
    "reserve_keyword": Door(a_number, body={"word": "Ogrodnik", "rule": {"reply": "Hello"}}),
    "get_keyword": Door(a_keyword),
    "edit_keyword": Door(a_keyword, body={"asks_back": True}),
    "pause_keyword": Door(a_keyword),
    "resume_keyword": Door(a_keyword),
    "end_keyword": Door(a_keyword),
    "get_keyword_availability": Door(a_number, query={"word": "Ogrodnik"}),
    "get_synonym_availability": Door(a_keyword, query={"word": "Gardener"}),
    "get_keyword_statistics": Door(a_keyword),
    "list_keyword_rivals": Door(a_keyword),
    "get_keyword_poster": Door(a_keyword, query={"kind": "svg", "size": "a5"}),
    "get_keyword_qr": Door(a_keyword),
    "add_synonym": Door(a_keyword, body={"word": "Gardener"}),
    "remove_synonym": Door(a_synonym),
    "list_near_misses": Door(),
    "list_keyword_near_misses": Door(a_keyword),
    "add_near_miss": Door(a_keyword, body=NEAR),
    "ignore_near_miss": Door(a_keyword, body=NEAR),
    "show_near_miss_again": Door(a_keyword, body=NEAR),
    "list_keyword_rules": Door(a_keyword),
    "add_keyword_rule": Door(a_keyword, body={"reply": "Hello", "weekdays": [1]}),
    "list_number_rules": Door(a_number),
    "add_number_rule": Door(a_number, body={"reply": "Hello"}),
    "get_rule": Door(a_rule),
    "edit_rule": Door(a_rule, body={"reply": "Good day"}),
    "delete_rule": Door(a_rule),
    "restore_rule": Door(nothing, body=RESTORED),
    "move_rule": Door(a_rule, body={"to": "later"}),
    "try_text": Door(a_number, query={"text": "ogrodnik"}),
    "try_change": Door(a_number, body={"change": {"operation": "add_rule", "rule": {"reply": "Hello"}}}),
    "keep_example": Door(a_number, body={"text": "ogrodnik"}),
    "list_examples": Door(),
    "get_example": Door(an_example),
    "settle_example": Door(an_example),
    "remove_example": Door(an_example),
}
