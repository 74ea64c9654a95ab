"""`/numbers`, their kinds, orders and packages."""

from api_v1.doors_numbers import packages
from api_v1.numbers_there import own_number, shared_number
from recado.apps.accounts.models import ApiUser
from recado.apps.audit.models import AuditEntry
from recado.apps.numbers.services import add_number
from recado.core.number import NumberKind


def test_own_and_shared_numbers_are_told_apart(api, account, stranger):
    own_number(stranger, "48664200399")
    own, shared = own_number(account), shared_number()
    listed = {one["number"]: one for one in api("get", "/numbers").json()["items"]}
    assert {number: one["is_own"] for number, one in listed.items()} == {"+48664200300": True, "+48503340503": False}
    assert listed["+48664200300"]["condition"] == "simulated"
    kinds = {one["kind"]: one["code"] for one in api("get", f"/numbers/{shared.pk}").json()["keyword_kinds"]}
    assert kinds == {"exact": None, "base": "kind-not-allowed", "phrase": "kind-not-allowed", "removing": "kind-not-allowed"}
    assert api("patch", f"/numbers/{own.pk}", {"label": "Shop"}).json()["label"] == "Shop"
    assert api("patch", f"/numbers/{shared.pk}", {"label": "Shop"}).json()["code"] == "shared-number"


def test_a_number_is_ordered_withdrawn_and_wanted_again(api, strangers_api):
    free = add_number("48664200777", NumberKind.INDIVIDUAL_LONG)
    kinds = {one["kind"]: (one["code"], one["in_stock"]) for one in api("get", "/number-kinds").json()["items"]}
    assert (kinds["individual_long"], kinds["shared_long"][0]) == ((None, 1), "not-to-order")
    assert [one["id"] for one in api("get", "/number-stock?kind=individual_long&search=777").json()["items"]] == [free.pk]
    made = api("post", "/number-orders", {"kind": "individual_long", "number_id": free.pk}).json()
    assert (made["state"], made["number"]) == ("open", "+48664200777")
    late = strangers_api("post", "/number-orders", {"kind": "individual_long", "number_id": free.pk})
    assert (late.status_code, late.json()["errors"][0]["field"]) == (422, "body.number_id")
    assert api("post", f"/number-orders/{made['id']}/withdraw").json()["state"] == "withdrawn"
    assert api("post", f"/number-orders/{made['id']}/withdraw").json()["code"] == "order-settled"
    assert api("post", f"/number-orders/{made['id']}/reopen").json()["state"] == "open"
    actions = list(AuditEntry.objects.order_by("id").values_list("action", flat=True))
    assert actions == ["order.placed", "order.withdrawn", "order.reopened"]


def test_a_package_is_taken_changed_given_up_and_kept(api, account):
    packages()

    def post(verb, **more):
        return api("post", f"/number-packages/{verb}", {"kind": "shared_long", **more}).json()

    assert post("end")["code"] == "no-package-taken"
    assert post("take", package="XXL")["code"] == "no-package"
    taken = post("take", package="S")
    assert (taken["taken"]["name"], taken["keyword_quota"], [one["monthly"] for one in taken["packages"]]) == ("S", 3, [300, 1000])
    assert post("take", package="S")["code"] == "package-taken"
    assert post("take", package="L")["taken"]["name"] == "L"
    assert post("end")["taken"]["last_day"] is not None
    assert post("keep")["taken"]["last_day"] is None
    assert api("post", "/number-packages/keep", {"kind": "eco"}).json()["code"] == "no-package"


def test_a_test_key_orders_nothing(api, program):
    packages()
    ApiUser.objects.filter(pk=program.pk).update(is_test=True)
    assert api("post", "/number-orders", {"kind": "individual_long"}).json()["code"] == "test-key"
    assert api("post", "/number-packages/take", {"kind": "shared_long", "package": "S"}).json()["code"] == "test-key"
