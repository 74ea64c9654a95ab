"""An operator sets up accounts, numbers and links, and is told in one sentence what is wrong."""

import re

import pytest
from click.testing import CliRunner
from django.test import Client

from recado.apps.accounts.models import Account, ApiUser, OperatorRole, User
from recado.apps.accounts.queries import api_user_by_token
from recado.apps.audit.models import AuditEntry
from recado.apps.connections.models import Connection
from recado.apps.numbers.models import Number, RoutingVersion
from recado.cli.operator import ROLES
from recado.cli.root import root

LINK = "link add acme host=smsc.example port=2775 system_id=me password=secret"


@pytest.fixture
def account(recado) -> Account:
    assert recado("account add Alice --email alice@shop.example").exit_code == 0
    return Account.objects.get()


def test_an_owner_can_sign_in_with_the_password_that_is_printed(recado):
    told = recado("account add --email alice@shop.example", "Alice Flowers").output
    owner = User.objects.get(email="alice@shop.example")
    assert owner.check_password(told.split()[-1])
    assert [(one.role, one.account.name) for one in owner.memberships.select_related("account")] == [("owner", "Alice Flowers")]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ("--email nonsense", "'nonsense' is no e-mail address"),
        ("--email bob@shop.example --time-zone Mars/Base", "no time zone 'Mars/Base'"),
        ("--email alice@shop.example", "signs in to another account already"),
    ],
)
def test_an_account_that_could_not_work_is_refused(recado, account, options, sentence):
    told = recado(f"account add Bob {options}")
    assert (told.exit_code, sentence in told.output) == (2, True)
    assert list(Account.objects.all()) == [account]


def test_a_token_is_shown_once_and_ends_the_one_before(recado, account):
    first, second = (recado(f"account token {account.pk} --user shop").output.split()[-1] for _ in range(2))
    assert api_user_by_token(first) is None
    assert api_user_by_token(second) == ApiUser.objects.get(username="shop")


def test_a_new_api_user_has_the_rights_that_are_named(recado, account):
    recado(f"account token {account.pk} --user shop --name Shop --scope messages:send")
    found = ApiUser.objects.get()
    assert (found.name, found.scopes) == ("Shop", ["messages:send"])
    assert "is no user name" in recado(f"account token {account.pk} --user a/b").output
    assert "there is no right 'all'" in recado(f"account token {account.pk} --user b --scope all").output
    assert ApiUser.objects.count() == 1
    assert "change its name and rights in the panel" in recado(f"account token {account.pk} --user shop --scope contacts:read").output


def test_long_numbers_are_kept_with_country_code_and_short_ones_as_they_are(recado):
    assert recado("number add --kind nd", "503 340 503").exit_code == 0
    assert recado("number add 48664200300 --kind eco").exit_code == 0
    assert recado("number add 4301 --kind sc").exit_code == 0
    assert set(Number.objects.values_list("digits", flat=True)) == {"48503340503", "48664200300", "4301"}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("number add abc --kind sci", "consists of digits"),
        ("number add 4302 --kind sc --link nowhere", "no link “nowhere”"),
        ("number assign 4302 --link nowhere", "no number 4302"),
        ("account token 99 --user x", "no account 99"),
        ("link add acme host=smsc.example port=abc", "write a whole number"),
        ("link add acme --kind pigeon", "choose one of smpp"),
        ("link change nowhere port=1", "no link “nowhere”"),
        ("explain Hi --to 999", "no number 999"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_changed(recado, line, sentence):
    told = recado(line)
    assert (told.exit_code, sentence in told.output) == (2, True), told.output
    assert not Number.objects.exists()
    assert not Connection.objects.exclude(kind="simulator").exists()


def test_a_link_hides_its_password_and_says_what_its_settings_mean(recado):
    assert recado(LINK).exit_code == 0
    told = recado("link show acme").output
    assert "secret" not in told
    assert "The login the carrier gave you." in told
    assert "True" not in told


def test_a_password_can_be_asked_for(recado, monkeypatch):
    monkeypatch.setattr("click.prompt", lambda name, *, hide_input: f"{name} {hide_input}")
    recado(LINK.replace("secret", "-"))
    assert Connection.objects.get(name="acme").settings["password"] == "password True"


def test_a_running_gateway_learns_of_every_change(recado):
    versions = []
    for line in (LINK, "number add 4301 --kind sc", "number assign 4301 --link acme", "link change acme links=2", "link disable acme"):
        assert recado(line).exit_code == 0
        versions.append(RoutingVersion.objects.get().version)
    assert versions == sorted(set(versions))
    link = Connection.objects.get(name="acme")
    assert (link.is_enabled, link.settings["links"], link.numbers.get().digits) == (False, 2, "4301")


def test_lists_show_what_there_is(recado, account):
    recado(LINK)
    recado(f"number add 664200300 --kind ndi --account {account.pk} --link acme --label Orders")
    assert all(word in recado("number list").output for word in ("48664200300", "NDI", "Alice", "acme", "Orders"))
    assert all(word in recado("link list").output for word in ("acme", "smpp", "yes", "48664200300"))
    assert "alice@shop.example (owner)" in recado("account list").output


def test_an_operator_is_made_with_the_password_that_is_asked_for(recado):
    told = CliRunner().invoke(
        root, ["operator", "add", "olga@ops.example", "--role", "engineer"], input="a long password\na long password\n"
    )
    assert told.exit_code == 0, told.output
    olga = User.objects.get(email="olga@ops.example")
    assert (olga.operator_role, olga.check_password("a long password"), olga.memberships.count()) == ("engineer", True, 0)
    assert "engineer" in recado("operator list").output
    assert AuditEntry.objects.get().action == "operator.added"


def test_a_login_that_exists_keeps_its_password_as_an_operator(recado, account):
    before = User.objects.get(email="alice@shop.example").password
    assert recado("operator add Alice@shop.example").exit_code == 0
    alice = User.objects.get(email="alice@shop.example")
    assert (alice.operator_role, alice.password) == ("admin", before)


@pytest.mark.parametrize(("line", "sentence"), [("nonsense --password x", "valid email"), ("olga@ops.example --role king", "king")])
def test_an_operator_that_cannot_be_is_refused(recado, line, sentence):
    told = recado(f"operator add {line}")
    assert (told.exit_code, sentence in told.output) == (2, True)
    assert not User.objects.exists()


def test_every_role_of_operators_can_be_given():
    assert set(ROLES) == set(OperatorRole.values)


def test_an_invited_operator_chooses_the_password_behind_the_link_that_is_printed(recado):
    told = recado("operator add olga@ops.example --role support --invite")
    link = re.search(r"http://127\.0\.0\.1:\d+(/invite/\S+/)", told.output)
    assert (told.exit_code, User.objects.exists()) == (0, False)
    assert "olga@ops.example" in Client().get(link[1]).content.decode()
    assert [entry.action for entry in AuditEntry.objects.all()] == ["operator.invited"]


def test_who_is_an_operator_already_is_not_invited(recado):
    recado("operator add olga@ops.example", "--password", "a long password")
    told = recado("operator add olga@ops.example --invite")
    assert (told.exit_code, "already" in told.output) == (2, True)
    assert recado("operator add nonsense --invite").exit_code == 2
