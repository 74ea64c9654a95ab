"""Billing.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class Billing(Caller):
    """Billing."""

    def get_billing(self) -> shapes.BillingOut:
        """Show plan, limits and credit.

        Everything but invoices and movements in one answer.

        Needs the scope `billing:read`.
        """
        return cast("shapes.BillingOut", self.call("GET", "/api/v1/billing"))

    def set_credit_alerts(self, *, amounts: list[int], idempotency_key: str | None = None) -> shapes.AlertsOut:
        """Set credit alerts.

        Replace the amounts at which owners, admins and billing people are told.

        Needs the scope `billing:write`.
        """
        return cast(
            "shapes.AlertsOut",
            self.call("PUT", "/api/v1/billing/alerts", body=given({"amounts": amounts}), idempotency_key=idempotency_key),
        )

    def list_plans(self) -> list[shapes.PlanOut]:
        """List plans to ask for.

        Those the operator offers, without the account's own; never many.

        Needs the scope `billing:read`.
        """
        return cast("list[shapes.PlanOut]", self.call("GET", "/api/v1/billing/plans"))

    def preview_plan(self, *, plan_id: int) -> shapes.PlanPreviewOut:
        """Preview another plan.

        Say what would change if the account were on a plan from today on.

        Needs the scope `billing:read`.
        """
        return cast("shapes.PlanPreviewOut", self.call("GET", "/api/v1/billing/plan-preview", query={"plan_id": plan_id}))

    def ask_for_plan(self, *, plan_id: int, idempotency_key: str | None = None) -> shapes.PlanRequestOut:
        """Ask for another plan.

        Ask the operator, who changes it; what was asked for before and waits is replaced.

        Needs the scope `billing:write`.
        """
        return cast(
            "shapes.PlanRequestOut",
            self.call("POST", "/api/v1/billing/plan-request", body=given({"plan_id": plan_id}), idempotency_key=idempotency_key),
        )

    def list_invoices(self, *, limit: int | Unset = UNSET) -> Iterator[shapes.InvoiceOut]:
        """List invoices.

        Newest first, correcting ones among them.

        Needs the scope `billing:read`.
        """
        return self.pages("/api/v1/billing/invoices", {"limit": limit})

    def get_invoice(self, invoice_id: int) -> shapes.InvoiceDetailOut:
        """Show an invoice.

        One invoice with its lines and both sides as they were when it was issued.

        Needs the scope `billing:read`.
        """
        return cast("shapes.InvoiceDetailOut", self.call("GET", f"/api/v1/billing/invoices/{segment(invoice_id)}"))

    def download_invoice(self, invoice_id: int) -> bytes:
        """Take away an invoice.

        Give the invoice as PDF, the same bytes each time.

        Needs the scope `billing:read`.
        """
        return cast("bytes", self.call("GET", f"/api/v1/billing/invoices/{segment(invoice_id)}/pdf"))

    def list_statements(self) -> list[str]:
        """List months with a statement.

        Months such as `2026-11` since something first moved, the latest first.

        Needs the scope `billing:read`.
        """
        return cast("list[str]", self.call("GET", "/api/v1/billing/statements"))

    def get_statement(self, *, month: str | None | Unset = UNSET) -> shapes.StatementOut:
        """Show a statement.

        Show a month of the ledger, this one if none is named; texts of a day are one movement for each kind.

        Needs the scope `billing:read`.
        """
        return cast("shapes.StatementOut", self.call("GET", "/api/v1/billing/statement", query={"month": month}))

    def export_statement(self, *, month: str | None | Unset = UNSET) -> bytes:
        """Take away a statement.

        Give a month of the ledger as a CSV file, with the balance after each movement.

        Needs the scope `billing:read`.
        """
        return cast("bytes", self.call("GET", "/api/v1/billing/statement/export", query={"month": month}))
