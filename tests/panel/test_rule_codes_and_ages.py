"""What a rule with a code pool or a contest may say, and where an age can be asked for: the form tells why not, the API too."""

from datetime import timedelta

import pytest
from django.utils import timezone

from recado.apps.codes.models import CodePool
from recado.apps.contests.models import Contest
from recado.apps.keywords.activities import Activity, Kind
from recado.apps.keywords.errors import RuleRefusal, RuleRefusedError
from recado.apps.keywords.models import Rule
from recado.apps.keywords.rules import RuleContent, add_rule, check_reply
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.services import add_number
from recado.core.number import NumberKind


@pytest.fixture
def own(account):
    return add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=account)


@pytest.fixture
def shared(db):
    return add_number("48503340503", NumberKind.SHARED_LONG)


@pytest.fixture
def pool(account):
    return Activity(Kind.GIVE_CODE, CodePool.objects.create(account=account, name="Ten percent").pk, "Ten percent")


@pytest.fixture
def contest(account):
    now = timezone.now()
    made = Contest.objects.create(account=account, name="Bike", opens_at=now, closes_at=now + timedelta(days=1), min_age=18)
    return Activity(Kind.ENTER_CONTEST, made.pk, "Bike")


@pytest.mark.parametrize(
    ("reply", "names", "refused"),
    [
        ("Your code: {code}", ["pool"], None),
        ("Your code", ["pool"], RuleRefusal.NO_CODE),
        ("", ["pool"], RuleRefusal.NO_CODE),
        ("", ["pool", "contest"], None),  # the contest's texts may carry it
        ("{code}", [], RuleRefusal.PLACEHOLDER),
        ("{code}", ["contest"], RuleRefusal.PLACEHOLDER),
        ("Entry {entry}", ["contest"], None),
        ("Entry {entry} {code}", ["pool"], RuleRefusal.PLACEHOLDER),
    ],
)
def test_a_reply_names_what_is_filled_in_and_the_code_there_is(pool, contest, reply, names, refused):
    activities = [{"pool": pool, "contest": contest}[name] for name in names]
    if refused is None:
        check_reply(reply, activities)
        return
    with pytest.raises(RuleRefusedError) as error:
        check_reply(reply, activities)
    assert error.value.reason is refused


def test_an_age_is_asked_for_on_own_numbers_alone_and_without_a_code(account, own, shared, pool, contest):
    here, there = reserve_keyword(account, own, "ROSE"), reserve_keyword(account, shared, "TULIP")
    add_rule(here, account, RuleContent(activities=(contest,)))
    for place, activities, reason in ((there, (contest,), RuleRefusal.AGE_ON_SHARED), (here, (contest, pool), RuleRefusal.AGE_AND_CODE)):
        with pytest.raises(RuleRefusedError) as error:
            add_rule(place, account, RuleContent(activities=activities))
        assert error.value.reason is reason
    Contest.objects.update(min_age=None)
    add_rule(there, account, RuleContent(activities=(contest,)))


def test_the_forms_say_why(alice_client, account, own, shared, pool, contest):
    keyword = reserve_keyword(account, own, "ROSE")
    form = {"word": "BIKE", "kind": "exact", "number": own.pk, "reply": "Thank you.", "activities": [pool.key]}
    page = alice_client.post("/keywords/new/", form)
    assert (page.status_code, "Without it nobody learns their code." in page.content.decode()) == (422, True)
    page = alice_client.post("/keywords/new/", {**form, "number": shared.pk, "activities": [contest.key]})
    assert (page.status_code, "use a number of your own" in page.content.decode()) == (422, True)
    page = alice_client.post(f"/keywords/{keyword.pk}/rules/new/", {"reply": "Hi {entry}", "is_enabled": "on", "weekdays": ["1"]})
    assert (page.status_code, "Nothing is filled in for {entry}" in page.content.decode()) == (422, True)
    assert alice_client.post("/keywords/new/", {**form, "reply": "Here: {code}"}).status_code == 302
    assert Rule.objects.filter(actions__kind=Kind.GIVE_CODE).count() == 1
