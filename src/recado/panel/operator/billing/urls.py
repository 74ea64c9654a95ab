"""Addresses of billing in the console."""

from django.urls import URLPattern, path

from recado.panel.operator.billing import invoices, money, runs, seller

urlpatterns: list[URLPattern] = [
    path("billing/", runs.run_list, name="operator-billing"),
    path("billing/compute/", runs.run_compute, name="operator-billing-compute"),
    path("billing/runs/<str:month>/", runs.run, name="operator-billing-run"),
    path("billing/runs/<str:month>/post/", runs.run_post, name="operator-billing-post"),
    path("billing/requests/<int:request_id>/settle/", runs.request_settle, name="operator-plan-request-settle"),
    path("billing/seller/", seller.seller_page, name="operator-billing-seller"),
    path("billing/invoices/", invoices.invoices, name="operator-invoices"),
    path("billing/invoices/<int:invoice_id>/", invoices.invoice, name="operator-invoice"),
    path("billing/invoices/<int:invoice_id>/pdf/", invoices.invoice_file, name="operator-invoice-file"),
    path("billing/invoices/<int:invoice_id>/paid/", invoices.invoice_paid, name="operator-invoice-paid"),
    path("billing/invoices/<int:invoice_id>/correct/", invoices.invoice_correct, name="operator-invoice-correct"),
    path("accounts/<int:account_id>/money/", money.account_money, name="operator-account-money"),
    path("accounts/<int:account_id>/money/top-up/", money.account_top_up, name="operator-account-top-up"),
    path("accounts/<int:account_id>/money/adjust/", money.account_adjust, name="operator-account-adjust"),
]
