"""Every page of numbers, keywords, groups and contacts: who sees it, who may change it, what a stranger gets."""

import pytest

from recado.apps.contacts.services import add_contact, add_group
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.services import add_number
from recado.core.number import NumberKind


@pytest.fixture
def things(account, alice):
    shared = add_number("48503340503", NumberKind.SHARED_LONG)
    own = add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=account, label="Shop")
    group = add_group(account, "Garden news")
    contact = add_contact(account, "48604218377", {"first_name": "Hanna", "last_name": "Kowalczyk"}, [group.pk])
    keyword = reserve_keyword(account, shared, "GARDENER", RuleContent((group,), "Thank you"))
    return {"shared": shared, "own": own, "group": group, "contact": contact, "keyword": keyword}


LISTS = ["/numbers/", "/keywords/", "/groups/", "/contacts/"]
OWN = [
    "/numbers/{own.pk}/",
    "/keywords/{keyword.pk}/",
    "/keywords/{keyword.pk}/dry-run/",
    "/keywords/{keyword.pk}/end/",
    "/groups/{group.pk}/",
    "/groups/{group.pk}/delete/",
    "/contacts/{contact.pk}/",
    "/contacts/{contact.pk}/delete/",
    "/contacts/?group={group.pk}",
]
CHANGES = [
    "/numbers/{own.pk}/",
    "/keywords/new/",
    "/keywords/{keyword.pk}/",
    "/keywords/{keyword.pk}/state/",
    "/keywords/{keyword.pk}/end/",
    "/groups/",
    "/groups/{group.pk}/",
    "/groups/{group.pk}/delete/",
    "/groups/{group.pk}/contacts/{contact.pk}/leave/",
    "/contacts/new/",
    "/contacts/{contact.pk}/",
    "/contacts/{contact.pk}/delete/",
]
NAMED = ["GARDENER", "Garden news", "Hanna Kowalczyk", "+48 604 218 377", "664 200 300"]


@pytest.mark.parametrize("path", [*LISTS, "/keywords/new/", "/contacts/new/", *OWN])
def test_members_see_the_page(alice_client, things, path):
    assert alice_client.get(path.format(**things)).status_code == 200


@pytest.mark.parametrize("path", [*LISTS, *OWN, "/keywords/new/", "/simulator/"])
def test_nobody_sees_it_without_signing_in(client, things, path):
    response = client.get(path.format(**things))
    assert response.status_code == 302
    assert response.url.startswith("/login/")


@pytest.mark.parametrize("path", OWN)
def test_strangers_do_not_find_it(charlie_client, things, path):
    assert charlie_client.get(path.format(**things)).status_code == 404


@pytest.mark.parametrize("path", [path for path in CHANGES if "{" in path])
def test_strangers_cannot_change_it(charlie_client, things, path):
    assert charlie_client.post(path.format(**things)).status_code in {404, 405}


@pytest.mark.parametrize("path", LISTS)
def test_lists_of_strangers_name_nothing_of_ours(charlie_client, things, path):
    page = charlie_client.get(path).content.decode()
    assert not [name for name in NAMED if name in page]


@pytest.mark.parametrize("path", CHANGES)
def test_viewers_cannot_change_anything(vera_client, things, path):
    assert vera_client.post(path.format(**things), {"name": "x"}).status_code == 403


@pytest.mark.parametrize(
    "path", [*LISTS, "/numbers/{own.pk}/", "/keywords/{keyword.pk}/", "/groups/{group.pk}/", "/contacts/{contact.pk}/"]
)
def test_viewers_see_the_page_without_buttons_to_change_it(vera_client, things, path):
    page = vera_client.get(path.format(**things)).content.decode()
    assert "c-button--danger" not in page
    assert "c-button--primary" not in page


@pytest.mark.parametrize(
    ("path", "teaches"),
    [
        ("/numbers/", "Choose one from the stock"),
        ("/keywords/", "A keyword is the word people text to your number. Reserve one and tie it to a group."),
        ("/groups/", "A group collects the people who texted a keyword."),
        ("/contacts/", "Whoever texts a keyword tied to a group becomes a contact."),
        ("/simulator/", "Whoever runs this installation assigns numbers"),
    ],
)
def test_an_empty_page_says_what_will_be_there(charlie_client, path, teaches):
    assert teaches in charlie_client.get(path).content.decode()


@pytest.mark.parametrize("path", LISTS)
def test_lists_take_few_queries(alice_client, account, things, path, django_assert_max_num_queries):
    for count in range(6):
        group = add_group(account, f"Group {count}")
        add_contact(account, f"4860000001{count}", {}, [group.pk])
        reserve_keyword(account, things["own"], f"WORD{count}", RuleContent((group,)))
    alice_client.get(path)  # the first look writes down what was not counted yet
    with django_assert_max_num_queries(17):
        assert alice_client.get(path).status_code == 200
