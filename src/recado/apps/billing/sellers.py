"""Who issues the invoices of this installation.

What belongs here: reading and saving the one row, and the data of both sides as an invoice keeps them. What does not: the form.
"""

from collections.abc import Mapping
from typing import Any

from recado.apps.accounts.models import Account
from recado.apps.billing.models import Seller
from recado.apps.plans.models import Plan
from recado.apps.plans.queries import plan_of

ONLY = 1
FIELDS = ("name", "tax_id", "address", "postcode", "city", "place", "bank_account", "bank_name", "payment_days", "vat_rate", "top_up_text")


def seller() -> Seller | None:
    """Return who issues invoices; None as long as the operator has not said."""
    return Seller.objects.filter(pk=ONLY).first()


def save_seller(given: Mapping[str, Any]) -> Seller:
    """Say who issues invoices from now on; issued ones keep what they say."""
    saved = Seller.objects.update_or_create(pk=ONLY, defaults={name: given[name] for name in FIELDS})[0]
    if "offered_plans" in given:
        saved.offered_plans.set(given["offered_plans"])
    return saved


def plans_to_ask_for(account: Account) -> list[Plan]:
    """Return the plans an account may ask for: those the operator offers, without its own."""
    found = seller()
    return [plan for plan in found.offered_plans.order_by("name") if plan != plan_of(account)] if found else []


def seller_data(found: Seller) -> dict[str, str]:
    """Return what an invoice keeps of the seller."""
    names = ("name", "tax_id", "address", "postcode", "city", "place", "bank_account", "bank_name")
    return {name: getattr(found, name) for name in names}


def buyer_data(account: Account) -> dict[str, str]:
    """Return what an invoice keeps of a customer; without a company name, the account's."""
    return {
        "name": account.company or account.name,
        "tax_id": account.tax_id,
        "address": account.address,
        "postcode": account.postcode,
        "city": account.city,
    }
