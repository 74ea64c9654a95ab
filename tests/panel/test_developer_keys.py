"""Keys of programs: making one, its secrets shown once, changing, switching, removing."""

import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from recado.apps.accounts.api_users import KeyContent, make_key, scopes_of
from recado.apps.accounts.models import Account, ApiUser, Role, User
from recado.apps.accounts.program_login import LoginRefusedError, login_by_token
from recado.apps.accounts.scopes import Scope
from recado.apps.accounts.services import add_member, create_account, create_user
from recado.apps.audit.models import AuditEntry
from recado.panel.developers.sections import SECTIONS, section_of
from recado.panel.scope_words import DEEDS, PRESETS, SUBJECTS, in_words, subject_of

NEW = "/developers/keys/new/"
GIVEN = {"name": "Web shop", "rights": "send"}


@pytest.fixture
def key(account: Account, alice: User) -> ApiUser:
    return make_key(account, KeyContent(name="Web shop", scopes=frozenset({Scope.MESSAGES_SEND})), username="shop", by=alice)[0]


def at(key: ApiUser, name: str = "") -> str:
    return reverse(f"developers-key{name}", args=[key.pk])


def token_on(page: str) -> str:
    return re.findall(r'data-copy="([0-9a-f]{32})"', page)[0]


def codes() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_without_keys_the_page_says_what_they_are_for(alice_client: Client):
    page = alice_client.get("/developers/").content.decode()
    assert "No program has a key yet" in page
    assert NEW in page


def test_a_new_key_shows_its_secrets_until_they_are_stored(alice_client: Client, alice: User):
    shown = alice_client.post(NEW, GIVEN | {"networks": "10.0.0.7, 192.168.0.9/24", "username": "web-shop"}, follow=True)
    made = ApiUser.objects.get()
    page = shown.content.decode()
    token, password = token_on(page), re.findall(r'data-copy="([\w-]{20})"', page)[0]
    assert (shown.request["PATH_INFO"], shown["Cache-Control"]) == (at(made, "-secret"), "no-store")
    assert login_by_token(token, timezone.now()) == made
    assert check_password(password, made.password)
    assert (made.scopes, made.allowed_networks, made.username, made.owner) == (
        ["messages:send"],
        "10.0.0.7\n192.168.0.0/24",
        "web-shop",
        alice,
    )
    assert token in alice_client.get(at(made, "-secret")).content.decode()
    assert alice_client.post(at(made, "-secret"))["Location"] == at(made)
    assert alice_client.get(at(made, "-secret"))["Location"] == at(made)
    assert token not in alice_client.get(at(made)).content.decode()
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_name) == ("api_user.added", "Web shop")
    assert token not in str(entry.after)
    assert password not in str(entry.after)


def test_nobody_else_sees_the_secrets_in_the_same_browser(alice_client: Client, account: Account):
    alice_client.post(NEW, GIVEN)
    other = create_user("dora@example.com", "a long password", name="Dora")
    add_member(account, other, Role.API)
    cookie = alice_client.cookies["recado_key"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", at(ApiUser.objects.get(), "-secret"))
    alice_client.force_login(other)
    assert alice_client.get(at(ApiUser.objects.get(), "-secret")).status_code == 302


def test_a_user_name_is_made_up_where_none_is_given(alice_client: Client):
    alice_client.post(NEW, GIVEN)
    assert re.fullmatch(r"web-shop-\d{4}", ApiUser.objects.get().username)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"name": ""}, "This field is required."),
        ({"networks": "10.0.0.7\n10.0.0.300"}, "“10.0.0.300” is no address and no network."),
        ({"networks": "\n".join(f"10.0.{one}.0/24" for one in range(51))}, "At most 50 addresses"),
        ({"last_day": "2020-01-01"}, "This day is over."),
        ({"rights": "chosen"}, "Tick what it may do"),
        ({"rights": "chosen", "scopes": ["everything:everywhere"]}, "Select a valid choice"),
        ({"username": "a b"}, "Write 3 to 64 letters"),
        ({"username": "taken"}, "Another key on this installation has this user name."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(alice_client: Client, given, says):
    make_key(create_account("Klinika Zdrowie"), KeyContent(name="Theirs"), username="taken")
    response = alice_client.post(NEW, GIVEN | given)
    assert response.status_code == 422
    assert says in response.content.decode().replace("&quot;", '"')
    assert ApiUser.objects.count() == 1


@pytest.mark.parametrize(
    ("rights", "ticked", "stored"),
    [
        ("everything", [], None),
        ("send", ["contacts:read"], ["messages:send"]),
        ("chosen", ["contacts:write", "contacts:read"], ["contacts:read", "contacts:write"]),
        ("chosen", Scope.values, list(Scope.values)),
    ],
)
def test_the_rights_are_those_that_were_chosen(alice_client: Client, rights, ticked, stored):
    alice_client.post(NEW, {"name": "Web shop", "rights": rights, "scopes": ticked})
    assert ApiUser.objects.get().scopes == stored


def test_a_key_works_until_the_end_of_its_last_day(alice_client: Client, key: ApiUser):
    alice_client.post(at(key, "-edit"), GIVEN | {"last_day": "2098-06-30"})
    assert ApiUser.objects.get().token_expires_at == datetime(2098, 6, 30, 22, tzinfo=UTC)
    assert 'value="2098-06-30"' in alice_client.get(at(key, "-edit")).content.decode()


def test_a_key_that_is_over_can_be_changed_and_says_what_to_do(alice_client: Client, key: ApiUser):
    ApiUser.objects.update(token_expires_at=datetime(2020, 6, 30, 22, tzinfo=UTC))
    assert "Its last day is over" in alice_client.get(at(key)).content.decode()
    assert alice_client.post(at(key, "-edit"), GIVEN | {"name": "Old shop", "last_day": "2020-06-30"}).status_code == 302


def test_changing_keeps_the_secrets_and_is_noted_once(alice_client: Client, key: ApiUser):
    given = {"name": "Shop", "rights": "read", "is_test": "on"}
    for _ in range(2):
        assert alice_client.post(at(key, "-edit"), given)["Location"] == at(key)
    found = ApiUser.objects.get()
    assert (found.name, found.is_test, found.password, found.token_sha256) == ("Shop", True, key.password, key.token_sha256)
    assert codes() == ["api_user.changed"]
    log = alice_client.get("/settings/activity/").content.decode()
    assert "Key of a program changed: Shop" in log
    assert "Only read" in log


def test_a_new_token_ends_the_old_one(alice_client: Client, account: Account):
    key, secrets = make_key(account, KeyContent(name="Web shop"))
    assert "ends at once" in alice_client.get(at(key, "-token")).content.decode()
    token = token_on(alice_client.post(at(key, "-token"), follow=True).content.decode())
    assert login_by_token(token, timezone.now()) == key
    with pytest.raises(LoginRefusedError):
        login_by_token(secrets.token, timezone.now())


def test_a_new_password_ends_the_old_one_and_leaves_the_token(alice_client: Client, account: Account):
    key, secrets = make_key(account, KeyContent(name="Web shop"))
    page = alice_client.post(at(key, "-password"), follow=True).content.decode()
    now = ApiUser.objects.get()
    assert check_password(re.findall(r'data-copy="([\w-]{20})"', page)[0], now.password)
    assert not check_password(secrets.password, now.password)
    assert now.token_sha256 == key.token_sha256
    assert codes() == ["api_user.password_made"]


def test_a_key_is_switched_off_and_on(alice_client: Client, key: ApiUser):
    for to, is_active in (("off", False), ("off", False), ("on", True)):
        assert alice_client.post(at(key, "-switch"), {"to": to})["Location"] == at(key)
        assert ApiUser.objects.get().is_active is is_active
    assert codes() == ["api_user.switched"] * 2


def test_removing_asks_first(alice_client: Client, key: ApiUser):
    assert "Remove Web shop?" in alice_client.get(at(key, "-remove")).content.decode()
    assert alice_client.post(at(key, "-remove"))["Location"] == "/developers/"
    assert not ApiUser.objects.exists()
    assert codes() == ["api_user.removed"]


def test_the_list_says_what_matters_in_as_many_queries_for_many_as_for_few(
    alice_client: Client, account: Account, key: ApiUser, django_assert_max_num_queries
):
    ApiUser.objects.create(account=account, username="branch", is_subaccount=True, is_active=False, allowed_networks="10.0.0.0/8")
    page = alice_client.get("/developers/").content.decode()
    for word in ("Web shop", "Send messages", "everywhere", "Never", "Sub-account", "Switched off", "10.0.0.0/8", "Everything"):
        assert word in page
    with CaptureQueriesContext(connection) as few:
        alice_client.get("/developers/")
    ApiUser.objects.bulk_create(ApiUser(account=account, username=f"branch {one}") for one in range(30))
    with django_assert_max_num_queries(len(few)):
        alice_client.get("/developers/")


def test_a_developer_manages_keys(account: Account, key: ApiUser):
    dora = create_user("dora@example.com", "a long password", name="Dora")
    add_member(account, dora, Role.API)
    client = Client()
    client.force_login(dora)
    assert client.post(NEW, GIVEN).status_code == 302
    assert client.get(at(key)).status_code == 200


def test_every_right_has_its_words_and_its_place():
    assert {subject_of(scope) for scope in Scope} == SUBJECTS.keys()
    assert {scope.value.partition(":")[2] for scope in Scope} == DEEDS.keys()
    assert all(in_words(scopes) for _label, _for, scopes in PRESETS.values())
    chosen = frozenset({Scope.CONTACTS_READ, Scope.MESSAGES_SEND, Scope.MESSAGES_READ})
    assert in_words(chosen) == "Messages: see, send · Contacts: see"
    assert in_words(frozenset()) == "Nothing"
    assert scopes_of(["contacts:read", "of:another-version"]) == frozenset({Scope.CONTACTS_READ})


def test_a_page_belongs_to_the_section_that_names_it_closest():
    assert section_of("/developers/keys/7/") == SECTIONS[0]
    assert all(section_of(section.path) == section for section in SECTIONS)
    assert section_of("/inbox/") is None
