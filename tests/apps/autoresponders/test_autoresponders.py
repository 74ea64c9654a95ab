import json
from datetime import UTC, datetime, time, timedelta

import pytest

from recado.apps.autoresponders.errors import AutoresponderRefusal, AutoresponderRefusedError
from recado.apps.autoresponders.models import Autoresponder
from recado.apps.autoresponders.queries import answering_numbers, autoresponders_of, get_autoresponder_for, overtaken_by
from recado.apps.autoresponders.services import (
    AutoresponderContent,
    add_autoresponder,
    content_of,
    copy_autoresponder,
    delete_autoresponder,
    edit_autoresponder,
    move_autoresponder,
    switch_autoresponder,
)
from recado.apps.autoresponders.undo import remember, restore_autoresponder
from recado.apps.contacts.services import GroupInUseError, add_group, delete_groups
from recado.apps.keywords.errors import RuleRefusedError
from recado.apps.keywords.rules import RuleTerms
from recado.apps.keywords.services import end_keyword, reserve_keyword
from recado.apps.numbers.models import Number, RoutingVersion
from recado.core.condition import Condition, Days, Occasion, OfficeHours, Standing

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def named(account, *names, **fields):
    return [add_autoresponder(account, AutoresponderContent(name, f"Text of {name}", **fields)) for name in names]


def order(account):
    return list(autoresponders_of(account).values_list("name", flat=True))


def version():
    return RoutingVersion.objects.values_list("version", flat=True).get(pk=1)


def test_all_that_can_be_said_is_kept_and_read_back(alice, own):
    group = add_group(alice, "VIP")
    condition = Condition(
        frozenset({6, 7}),
        time(22),
        time(6),
        Days.OFF,
        group.pk,
        None,
        Occasion.FIRST,
        ("48600",),
        OfficeHours.CLOSED,
        Standing.OPTED_OUT,
    )
    terms = RuleTerms(0, False, NOW, NOW + timedelta(days=3), condition, 2500)  # in the order of its fields
    content = AutoresponderContent("Closed", "We are closed until {date}", own, None, 720, terms)
    added = add_autoresponder(alice, content)
    assert content_of(get_autoresponder_for(alice, added.pk)) == content


def test_a_new_one_is_the_last_and_each_change_reaches_the_gateway(alice):
    first, second = named(alice, "A", "B")
    seen = [version()]
    for change in (
        lambda: edit_autoresponder(second, AutoresponderContent("C", "Hello")),
        lambda: switch_autoresponder(second, on=False),
        lambda: move_autoresponder(second, 1),
        lambda: copy_autoresponder(first, "Copy of A"),
        lambda: delete_autoresponder(first),
    ):
        change()
        seen.append(version())
    assert order(alice) == ["C", "Copy of A"]
    assert seen == sorted(set(seen))


@pytest.mark.parametrize(
    ("moved", "place", "names"),
    [("A", 2, "BAC"), ("A", 3, "BCA"), ("C", 1, "CAB"), ("B", 2, "ABC"), ("A", 99, "BCA"), ("C", 0, "CAB")],
)
def test_one_moves_to_a_place(alice, charlie, moved, place, names):
    named(charlie, "X")
    named(alice, "A", "B", "C")
    moves = move_autoresponder(Autoresponder.objects.get(name=moved), place)
    assert "".join(order(alice)) == names
    assert moves is (names != "ABC")
    assert order(charlie) == ["X"]


def test_a_copy_stands_behind_its_original_and_rests(alice):
    first, _ = named(alice, "A", "B", once_minutes=60)
    copy = copy_autoresponder(first, "Copy of A")
    assert order(alice) == ["A", "Copy of A", "B"]
    assert (copy.is_enabled, copy.text, copy.once_minutes) == (False, first.text, 60)


def test_a_deleted_one_comes_back_as_it_was_to_its_place(alice, own):
    named(alice, "A")
    (found,) = named(alice, "B", number=own, once_minutes=5, terms=RuleTerms(condition=Condition(office_hours=OfficeHours.OPEN)))
    named(alice, "C")
    content, key = content_of(get_autoresponder_for(alice, found.pk)), found.pk
    remembered = json.loads(json.dumps(remember(found)))
    delete_autoresponder(found)
    assert order(alice) == ["A", "C"]
    restored = restore_autoresponder(alice, remembered)
    assert order(alice) == ["A", "B", "C"]
    assert restored.pk == key  # whom it answered today still counts
    assert content_of(get_autoresponder_for(alice, key)) == content
    with pytest.raises(AutoresponderRefusedError):
        restore_autoresponder(alice, remembered)
    assert order(alice) == ["A", "B", "C"]


def test_nothing_comes_back_to_a_place_that_is_gone(alice, shared, own):
    keyword = reserve_keyword(alice, shared, "ROSE")
    remembered = [remember(named(alice, "A", number=own)[0]), remember(named(alice, "B", keyword=keyword)[0])]
    Autoresponder.objects.all().delete()
    Number.objects.filter(pk=own.pk).update(account=None)
    end_keyword(keyword)
    for one in remembered:
        with pytest.raises(AutoresponderRefusedError):
            restore_autoresponder(alice, one)


@pytest.mark.parametrize(
    ("fields", "reason", "names"),
    [
        ({"name": "  "}, AutoresponderRefusal.NAME, ()),
        ({"text": " \n"}, AutoresponderRefusal.TEXT, ()),
        ({"text": "Hi {nmae}, {code_word} {nmae}"}, AutoresponderRefusal.PLACEHOLDERS, ("nmae", "code_word")),
        ({"once_minutes": 0}, AutoresponderRefusal.ONCE, ()),
        ({"terms": RuleTerms(daily_ceiling=-1)}, AutoresponderRefusal.CEILING, ()),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_saved(alice, fields, reason, names):
    with pytest.raises(AutoresponderRefusedError) as refused:
        add_autoresponder(alice, AutoresponderContent(**{"name": "A", "text": "Hello"} | fields))
    assert (refused.value.reason, refused.value.names) == (reason, names)
    assert not Autoresponder.objects.exists()


def test_conditions_that_contradict_themselves_are_refused(alice):
    terms = RuleTerms(starts_at=NOW, ends_at=NOW)
    with pytest.raises(RuleRefusedError):
        named(alice, "A", terms=terms)


def test_on_a_shared_number_only_who_has_keywords_answers(alice, charlie, shared, own):
    assert list(answering_numbers(alice)) == [own]
    with pytest.raises(AutoresponderRefusedError) as refused:
        named(alice, "A", number=shared)
    assert refused.value.reason is AutoresponderRefusal.NUMBER
    reserve_keyword(alice, shared, "ROSE")
    assert set(answering_numbers(alice)) == {own, shared}
    assert not answering_numbers(charlie).exists()
    named(alice, "A", number=shared)


def test_numbers_keywords_and_groups_of_others_are_refused(alice, charlie, shared, own):
    theirs = reserve_keyword(alice, shared, "ROSE")
    group = add_group(alice, "VIP")
    for fields in ({"number": own}, {"keyword": theirs}):
        with pytest.raises(AutoresponderRefusedError):
            named(charlie, "A", **fields)
    with pytest.raises(ValueError, match="group"):
        named(charlie, "A", terms=RuleTerms(condition=Condition(in_group_id=group.pk)))
    (mine,) = named(alice, "A")
    with pytest.raises(Autoresponder.DoesNotExist):
        get_autoresponder_for(charlie, mine.pk)


def test_a_group_on_which_one_depends_cannot_be_deleted(alice):
    group = add_group(alice, "VIP")
    (found,) = named(alice, "For members", terms=RuleTerms(condition=Condition(not_in_group_id=group.pk)))
    with pytest.raises(GroupInUseError) as refused:
        delete_groups(alice, [group])
    assert refused.value.autoresponders == ("For members",)
    delete_autoresponder(found)
    delete_groups(alice, [group])


def test_one_behind_another_that_takes_everything_is_named(alice, own):
    first, second, third = *named(alice, "All", "Number", number=None), *named(alice, "Own", number=own)
    assert overtaken_by(autoresponders_of(alice), NOW) == {second.pk: first.pk, third.pk: first.pk}
    switch_autoresponder(first, on=False)
    assert overtaken_by(autoresponders_of(alice), NOW) == {third.pk: second.pk}
