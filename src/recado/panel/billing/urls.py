"""Addresses of plan and billing."""

from django.urls import URLPattern, path

from recado.panel.billing import overview, plan_change, statements

urlpatterns: list[URLPattern] = [
    path("", overview.billing, name="billing"),
    path("alerts/", overview.alerts, name="billing-alerts"),
    path("invoices/<int:invoice_id>/pdf/", overview.invoice_file, name="invoice-file"),
    path("plan/", plan_change.plan_change, name="billing-plan"),
    path("statement/", statements.statement_page, name="statement"),
    path("statement/export/", statements.statement_export, name="statement-export"),
]
