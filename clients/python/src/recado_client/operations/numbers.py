"""Numbers.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import Literal, cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class Numbers(Caller):
    """Numbers."""

    def list_numbers(self, *, limit: int | Unset = UNSET) -> Iterator[shapes.NumberOut]:
        """List numbers.

        List the account's own and the shared ones, the newest first.

        Needs the scope `keywords:read`.
        """
        return self.pages("/api/v1/numbers", {"limit": limit})

    def get_number(self, number_id: int) -> shapes.NumberDetails:
        """Show a number.

        How it is, and what it may do for the account on its plan.

        Needs the scope `keywords:read`.
        """
        return cast("shapes.NumberDetails", self.call("GET", f"/api/v1/numbers/{segment(number_id)}"))

    def edit_number(self, number_id: int, *, label: str, idempotency_key: str | None = None) -> shapes.NumberDetails:
        """Name a number.

        Only an own number has a name (else 409 `shared-number`).

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.NumberDetails",
            self.call("PATCH", f"/api/v1/numbers/{segment(number_id)}", body=given({"label": label}), idempotency_key=idempotency_key),
        )

    def list_number_kinds(self) -> shapes.NumberKinds:
        """Compare kinds of number.

        Say what each can do on the account's plan, what it costs net of VAT, and whether the account can order one.

        Needs the scope `keywords:read`.
        """
        return cast("shapes.NumberKinds", self.call("GET", "/api/v1/number-kinds"))

    def list_number_stock(
        self,
        *,
        kind: Literal["shared_long", "shared_short", "individual_long", "individual_long_mms", "individual_short", "eco"],
        limit: int | Unset = UNSET,
        search: str | Unset = UNSET,
    ) -> Iterator[shapes.NumberStockOut]:
        """List numbers that can be ordered.

        `search` is a piece of the number.

        Needs the scope `keywords:read`.
        """
        return self.pages("/api/v1/number-stock", {"limit": limit, "kind": kind, "search": search})

    def list_number_orders(self, *, limit: int | Unset = UNSET) -> Iterator[shapes.NumberOrderOut]:
        """List orders.

        All the account ever ordered, the newest first.

        Needs the scope `keywords:read`.
        """
        return self.pages("/api/v1/number-orders", {"limit": limit})

    def order_number(
        self,
        *,
        kind: shapes.NumberKind,
        number_id: int | None | Unset = UNSET,
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.NumberOrderOut:
        """Order a number.

        Hold it from now on until the operator gives it, or says why not. It may cost money, so a test key orders nothing.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.NumberOrderOut",
            self.call(
                "POST",
                "/api/v1/number-orders",
                body=given({"kind": kind, "number_id": number_id, "note": note}),
                idempotency_key=idempotency_key,
            ),
        )

    def get_number_order(self, order_id: int) -> shapes.NumberOrderOut:
        """Show an order.

        How far it is.

        Needs the scope `keywords:read`.
        """
        return cast("shapes.NumberOrderOut", self.call("GET", f"/api/v1/number-orders/{segment(order_id)}"))

    def withdraw_number_order(self, order_id: int, *, idempotency_key: str | None = None) -> shapes.NumberOrderOut:
        """Withdraw an order.

        Give up an order that waits; its number is free again.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.NumberOrderOut",
            self.call("POST", f"/api/v1/number-orders/{segment(order_id)}/withdraw", idempotency_key=idempotency_key),
        )

    def reopen_number_order(self, order_id: int, *, idempotency_key: str | None = None) -> shapes.NumberOrderOut:
        """Take a withdrawal back.

        Let it wait again at its place, if its number is still free.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.NumberOrderOut", self.call("POST", f"/api/v1/number-orders/{segment(order_id)}/reopen", idempotency_key=idempotency_key)
        )

    def list_number_packages(self) -> shapes.NumberPackages:
        """List packages of keywords.

        Say what each includes and costs, which one the account has, and how many keywords it holds.

        Needs the scope `keywords:read`.
        """
        return cast("shapes.NumberPackages", self.call("GET", "/api/v1/number-packages"))

    def take_number_package(
        self, *, kind: shapes.NumberKind, package: str, idempotency_key: str | None = None
    ) -> shapes.NumberKindPackages:
        """Take a package of keywords.

        From today on, in place of the one the account has. It costs money, so a test key takes none.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.NumberKindPackages",
            self.call(
                "POST", "/api/v1/number-packages/take", body=given({"kind": kind, "package": package}), idempotency_key=idempotency_key
            ),
        )

    def end_number_package(self, *, kind: shapes.NumberKind, idempotency_key: str | None = None) -> shapes.NumberKindPackages:
        """Give a package of keywords up.

        With the last day of this month; until then it can be kept after all.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.NumberKindPackages",
            self.call("POST", "/api/v1/number-packages/end", body=given({"kind": kind}), idempotency_key=idempotency_key),
        )

    def keep_number_package(self, *, kind: shapes.NumberKind, idempotency_key: str | None = None) -> shapes.NumberKindPackages:
        """Keep a package of keywords after all.

        Take it back that it ends.

        Needs the scope `keywords:write`.
        """
        return cast(
            "shapes.NumberKindPackages",
            self.call("POST", "/api/v1/number-packages/keep", body=given({"kind": kind}), idempotency_key=idempotency_key),
        )
