"""Code pools.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class CodePools(Caller):
    """Code pools."""

    def list_code_pools(self, *, limit: int | Unset = UNSET) -> Iterator[shapes.PoolOut]:
        """List code pools.

        Newest first.

        Needs the scope `activities:read`.
        """
        return self.pages("/api/v1/code-pools", {"limit": limit})

    def add_code_pool(
        self,
        *,
        name: str,
        low_at: int | Unset = UNSET,
        empty_text: str | Unset = UNSET,
        already_text: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.PoolOut:
        """Make a code pool.

        Make a pool; then add codes, and let a rule with the activity `give_code` and {code} in its reply hand them out.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.PoolOut",
            self.call(
                "POST",
                "/api/v1/code-pools",
                body=given({"name": name, "low_at": low_at, "empty_text": empty_text, "already_text": already_text}),
                idempotency_key=idempotency_key,
            ),
        )

    def get_code_pool(self, pool_id: int) -> shapes.PoolOut:
        """Show a code pool.

        Show one with how many codes are left.

        Needs the scope `activities:read`.
        """
        return cast("shapes.PoolOut", self.call("GET", f"/api/v1/code-pools/{segment(pool_id)}"))

    def edit_code_pool(
        self,
        pool_id: int,
        *,
        name: str | Unset = UNSET,
        low_at: int | Unset = UNSET,
        empty_text: str | Unset = UNSET,
        already_text: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.PoolOut:
        """Change a code pool.

        Change its name, its texts, or when people are told.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.PoolOut",
            self.call(
                "PATCH",
                f"/api/v1/code-pools/{segment(pool_id)}",
                body=given({"name": name, "low_at": low_at, "empty_text": empty_text, "already_text": already_text}),
                idempotency_key=idempotency_key,
            ),
        )

    def delete_code_pool(self, pool_id: int, *, idempotency_key: str | None = None) -> None:
        """Delete a code pool.

        Delete it with all its codes, those people have included. Refused (409 `in-use`) while a rule gives them.

        Needs the scope `activities:write`.
        """
        self.call("DELETE", f"/api/v1/code-pools/{segment(pool_id)}", idempotency_key=idempotency_key)

    def list_codes(
        self, pool_id: int, *, limit: int | Unset = UNSET, state: shapes.CodeState | None | Unset = UNSET
    ) -> Iterator[shapes.CodeOut]:
        """List codes of a pool.

        Newest first.

        Needs the scope `activities:read`.
        """
        return self.pages(f"/api/v1/code-pools/{segment(pool_id)}/codes", {"limit": limit, "state": state})

    def add_codes(self, pool_id: int, *, codes: list[str], idempotency_key: str | None = None) -> shapes.CodesAdded:
        """Add codes.

        Add codes; those that are in the pool already are passed over, so that a list can be sent again.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.CodesAdded",
            self.call(
                "POST", f"/api/v1/code-pools/{segment(pool_id)}/codes", body=given({"codes": codes}), idempotency_key=idempotency_key
            ),
        )

    def generate_codes(self, pool_id: int, *, count: int, length: int | Unset = UNSET, idempotency_key: str | None = None) -> shapes.MadeUp:
        """Make codes up.

        Add random codes of letters and figures that do not look alike.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.MadeUp",
            self.call(
                "POST",
                f"/api/v1/code-pools/{segment(pool_id)}/generate",
                body=given({"count": count, "length": length}),
                idempotency_key=idempotency_key,
            ),
        )

    def get_code(self, pool_id: int, code_id: int) -> shapes.CodeOut:
        """Show a code.

        Show one code, and whose it is.

        Needs the scope `activities:read`.
        """
        return cast("shapes.CodeOut", self.call("GET", f"/api/v1/code-pools/{segment(pool_id)}/codes/{segment(code_id)}"))

    def withdraw_code(self, pool_id: int, code_id: int, *, idempotency_key: str | None = None) -> shapes.CodeOut:
        """Take a code out.

        Take a free code out, so that nobody gets it. Refused (409 `code-taken`) where it is somebody's, or out already.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.CodeOut",
            self.call("POST", f"/api/v1/code-pools/{segment(pool_id)}/codes/{segment(code_id)}/withdraw", idempotency_key=idempotency_key),
        )

    def put_code_back(self, pool_id: int, code_id: int, *, idempotency_key: str | None = None) -> shapes.CodeOut:
        """Put a code back.

        Put a code that was taken out into the pool again. Refused (409 `code-taken`) where it was not out.

        Needs the scope `activities:write`.
        """
        return cast(
            "shapes.CodeOut",
            self.call("POST", f"/api/v1/code-pools/{segment(pool_id)}/codes/{segment(code_id)}/put-back", idempotency_key=idempotency_key),
        )
