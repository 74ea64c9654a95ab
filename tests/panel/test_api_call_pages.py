"""The log of calls and the page about moving in: what is listed, what is explained, what is masked."""

import ast
import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

import recado.api.v1
from panel.doors_api_calls import a_call
from recado.api.compat.error_table import ROWS
from recado.apps.accounts.models import Account, Role, User
from recado.apps.accounts.services import add_member, create_api_user, create_user
from recado.apps.programs.models import ApiCall
from recado.panel.developers.error_words import PROVIDER_ERRORS
from recado.panel.developers.explained import as_curl, explained
from recado.panel.developers.problem_words import PROBLEMS, STATUSES

CALLS = "/developers/calls/"


def made(account: Account, **fields: object) -> ApiCall:
    given = {"username": "shop", "api": "compat", "action": "groups/index", "status": 200, "took_ms": 5, "remote_address": "127.0.0.1"}
    return ApiCall.objects.create(account=account, **{**given, **fields})


def rows(client: Client, query: str = "") -> set[int]:
    return set(map(int, re.findall(rf"{CALLS}(\d+)/", client.get(f"{CALLS}{query}").content.decode())))


def test_every_error_of_the_provider_is_explained():
    assert set(PROVIDER_ERRORS) == {str(row[0]) for row in ROWS}


def problems_in_the_source() -> dict[str, int]:
    """Return the codes that our own API names in words, each with its status."""
    found: dict[str, int] = {}
    for path in Path(recado.api.v1.__file__).parent.glob("**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                words = [one.value for one in node.args if isinstance(one, ast.Constant)]
                if node.func.id == "Problem" and isinstance(words[0], int) and len(words) > 1:
                    found[words[1]] = words[0]
                elif node.func.id == "conflict" and words:
                    found[words[0]] = 409
    return found


def test_every_problem_is_explained_by_its_code_or_its_status():
    found = problems_in_the_source()
    assert {"no-key", "not-found", "in-use"} <= found.keys()
    assert {code: status for code, status in found.items() if code not in PROBLEMS and status not in STATUSES} == {}


@pytest.mark.parametrize("language", ["en", "pl"])
def test_no_explanation_is_empty(language: str):
    with translation.override(language):
        for words in (*PROVIDER_ERRORS.values(), *PROBLEMS.values(), *STATUSES.values()):
            assert str(words.means).endswith(".")
            assert str(words.to_do).endswith(".")


@pytest.mark.django_db
def test_the_list_is_narrowed_by_its_address(account: Account, alice_client: Client):
    key = create_api_user(account, "shop", "secret")
    good, bad = made(account, api_user=key), made(account, error_code="1004", action="contacts/view")
    assert rows(alice_client) == {good.pk, bad.pk}
    assert rows(alice_client, "?result=errors") == {bad.pk}
    assert rows(alice_client, f"?key={key.pk}") == {good.pk}
    assert rows(alice_client, "?action=contacts") == {bad.pk}
    assert rows(alice_client, "?code=1004") == {bad.pk}
    assert rows(alice_client, "?since=2001-01-01&until=2001-01-02") == set()
    assert rows(alice_client, "?key=nonsense&since=x") == {good.pk, bad.pk}


@pytest.mark.django_db
def test_older_calls_are_on_the_next_page(account: Account, alice_client: Client):
    all_of_them = [made(account).pk for _ in range(52)]
    assert rows(alice_client) == set(all_of_them[2:])
    assert rows(alice_client, f"?before={all_of_them[2]}") == set(all_of_them[:2])


@pytest.mark.django_db
def test_a_list_takes_the_same_queries_however_long(account: Account, alice_client: Client, django_assert_max_num_queries):
    key = create_api_user(account, "shop", "secret")
    for _ in range(20):
        made(account, api_user=key)
    with django_assert_max_num_queries(15):
        alice_client.get(CALLS)


@pytest.mark.django_db
def test_a_call_is_explained_and_can_be_made_again(account: Account, alice: User, alice_client: Client):
    page = alice_client.get(f"{CALLS}{a_call(account, alice)['call_id']}/").content.decode()
    assert "The sender is no name that was approved for you" in page
    assert "+48500600700" in page
    assert "Authorization: Bearer &lt;token&gt;" in page


@pytest.mark.django_db
def test_who_does_not_read_messages_sees_neither_texts_nor_phones(account: Account, alice: User):
    developer = create_user("dev@example.com", "a long password", name="Dev")
    add_member(account, developer, Role.API)
    client = Client()
    client.force_login(developer)
    page = client.get(f"{CALLS}{a_call(account, alice)['call_id']}/").content.decode()
    assert "500600700" not in page
    assert "WWWW&quot;" not in page
    assert "…700" in page


def test_errors_of_single_phones_are_explained():
    call = ApiCall(api="compat", response='{"success":true,"items":[{"error_code":3103},{"error_code":"3100"},{"error_code":3103}]}')
    assert [one.code for one in explained(call)] == ["3100", "3103"]


def test_a_problem_without_words_of_its_own_is_explained_by_its_status():
    call = ApiCall(api="v1", status=409, error_code="something-new")
    assert [one.words for one in explained(call)] == [STATUSES[409]]


def test_a_command_has_places_instead_of_secrets():
    form = ApiCall(request="POST /api2/x\nContent-Type: application/x-www-form-urlencoded\n\nusername=shop&password=***")
    assert as_curl(form, "https://sms.example/").endswith("'username=shop&password=<password>' --url https://sms.example/api2/x")
    get = ApiCall(request="GET /api/v1/groups?limit=5")
    command = as_curl(get, "https://sms.example")
    assert command.endswith("--header 'Authorization: Bearer <token>' --url 'https://sms.example/api/v1/groups?limit=5'")


@pytest.mark.django_db
def test_the_page_about_moving_in_names_this_installation(alice_client: Client):
    page = alice_client.get("/developers/moving/", headers={"Host": "localhost"}).content.decode()
    assert "http://localhost/api2/" in page
    assert "http://localhost/zdalnie/" in page
    assert "ADDRESS" not in page
    assert "LEGACY" not in page
    for library in ("Node.js", "Magento", "PrestaShop", "Symfony", "Java"):
        assert library in page
