"""Imports.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import cast

from recado_client.caller import UNSET, Caller, Unset, Upload, given, segment
from recado_client.operations import shapes


class Imports(Caller):
    """Imports."""

    def list_imports(self, *, limit: int | Unset = UNSET) -> Iterator[shapes.ImportOut]:
        """List imports.

        Show the latest first, with lists that wait to be imported.

        Needs the scope `contacts:read`.
        """
        return self.pages("/api/v1/imports", {"limit": limit})

    def add_import(
        self,
        *,
        rows: list[shapes.ImportRowIn],
        group_id: int | None | Unset = UNSET,
        new_group: str | None | Unset = UNSET,
        run: bool | Unset = UNSET,
        name: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.ShownImportOut:
        """Send a list.

        At most 20,000 people as JSON. With `run` they are imported at once; otherwise the list waits a day to be checked and run.

        Needs the scope `contacts:write`.
        """
        return cast(
            "shapes.ShownImportOut",
            self.call(
                "POST",
                "/api/v1/imports",
                body=given({"group_id": group_id, "new_group": new_group, "run": run, "rows": rows, "name": name}),
                idempotency_key=idempotency_key,
            ),
        )

    def upload_import(
        self,
        *,
        file: Upload,
        group_id: int | None | Unset = UNSET,
        new_group: str | None | Unset = UNSET,
        run: bool | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.ShownImportOut:
        """Upload a list as a file.

        CSV in any usual encoding and separator, or XLSX. What the columns hold is guessed from their names; look before running it.

        Needs the scope `contacts:write`.
        """
        return cast(
            "shapes.ShownImportOut",
            self.call(
                "POST",
                "/api/v1/imports/file",
                files={"file": file, "group_id": group_id, "new_group": new_group, "run": run},
                idempotency_key=idempotency_key,
            ),
        )

    def get_import(self, import_id: int) -> shapes.ShownImportOut:
        """Show an import.

        How far it is and what it did.

        Needs the scope `contacts:read`.
        """
        return cast("shapes.ShownImportOut", self.call("GET", f"/api/v1/imports/{segment(import_id)}"))

    def edit_import(
        self, import_id: int, *, columns: list[shapes.Column], has_header: bool | None | Unset = UNSET, idempotency_key: str | None = None
    ) -> shapes.ShownImportOut:
        """Say what the columns hold.

        Exactly one column must be `phone`; an empty name leaves a column out.

        Needs the scope `contacts:write`.
        """
        return cast(
            "shapes.ShownImportOut",
            self.call(
                "PATCH",
                f"/api/v1/imports/{segment(import_id)}",
                body=given({"columns": columns, "has_header": has_header}),
                idempotency_key=idempotency_key,
            ),
        )

    def run_import(
        self,
        import_id: int,
        *,
        group_id: int | None | Unset = UNSET,
        new_group: str | None | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.ImportOut:
        """Import a list.

        Begin or go on: one call takes in at most 5,000 people. Call it again until `state` is `done`; then it changes nothing.

        Needs the scope `contacts:write`.
        """
        return cast(
            "shapes.ImportOut",
            self.call(
                "POST",
                f"/api/v1/imports/{segment(import_id)}/run",
                body=given({"group_id": group_id, "new_group": new_group}),
                idempotency_key=idempotency_key,
            ),
        )

    def undo_import(self, import_id: int, *, idempotency_key: str | None = None) -> shapes.ImportOut:
        """Undo an import.

        Take back what is still as the import left it, at most 5,000 people at a call. Call it again until `state` is `undone`.

        Needs the scope `contacts:write`.
        """
        return cast("shapes.ImportOut", self.call("POST", f"/api/v1/imports/{segment(import_id)}/undo", idempotency_key=idempotency_key))

    def check_import(self, import_id: int) -> shapes.CheckOut:
        """Check a list.

        Say what would become of each row; nothing is changed. Refused (409) once it was begun, and while no column is known as the phone.

        Needs the scope `contacts:read`.
        """
        return cast("shapes.CheckOut", self.call("GET", f"/api/v1/imports/{segment(import_id)}/check"))

    def get_bad_rows(self, import_id: int) -> bytes:
        """Give the rows without a usable phone.

        Give the rows that will be left out as a CSV file, with their place in the list; refused (409) once it was begun.

        Needs the scope `contacts:read`.
        """
        return cast("bytes", self.call("GET", f"/api/v1/imports/{segment(import_id)}/bad-rows"))
