"""Addresses of the account's numbers and orders."""

from django.urls import URLPattern, path

from recado.panel.numbers import numbers, ordering, packages

urlpatterns: list[URLPattern] = [
    path("", numbers.number_list, name="numbers"),
    path("order/", ordering.order, name="number-order"),
    path("orders/<int:order_id>/withdraw/", ordering.withdraw, name="number-order-withdraw"),
    path("orders/<int:order_id>/reopen/", ordering.reopen, name="number-order-reopen"),
    path("packages/", packages.packages, name="number-packages"),
    path("<int:number_id>/", numbers.number, name="number"),
]
