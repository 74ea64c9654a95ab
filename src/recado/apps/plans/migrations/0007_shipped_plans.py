"""Ships the service's two tables as plans: access and personal numbers afterwards with fees, ECO+ in advance too, without any."""

from datetime import UTC, datetime

from django.db import migrations

ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
FEES = [
    {"kind": "shared_long", "package": "20", "keyword_count": 20, "installation": 5000, "monthly": 4900},
    {"kind": "shared_long", "package": "100", "keyword_count": 100, "installation": 5000, "monthly": 9900},
    {"kind": "shared_long", "package": "MAX", "keyword_count": None, "installation": 5000, "monthly": 19900},
    {"kind": "shared_short", "package": "20", "keyword_count": 20, "installation": 10000, "monthly": 9900},
    {"kind": "shared_short", "package": "100", "keyword_count": 100, "installation": 10000, "monthly": 19900},
    {"kind": "shared_short", "package": "MAX", "keyword_count": None, "installation": 10000, "monthly": 39900},
    {"kind": "individual_long", "package": "", "keyword_count": None, "installation": 20000, "monthly": 9900},
    {"kind": "individual_long_mms", "package": "", "keyword_count": None, "installation": 30000, "monthly": 14900},
    {"kind": "individual_short", "package": "", "keyword_count": None, "installation": 150000, "monthly": 79900},
]
"""Examples in minor units of złoty, net; whoever runs the installation makes lists of its own."""
PREPAID = "Pre-paid"


def ship(apps, schema_editor):
    """Add fees to the shipped plan where nobody changed it, and the plan for paying in advance where no plan pays so."""
    plans, lists = apps.get_model("plans", "Plan").objects, apps.get_model("plans", "PriceList").objects
    shipped = plans.filter(name="Standard", is_default=True, is_prepaid=False).first()
    if shipped and not shipped.overrides and not shipped.keyword_quotas:
        its = list(lists.filter(plan=shipped))
        if len(its) == 1 and not its[0].prices and not its[0].fees:
            its[0].fees = FEES
            its[0].save()
    if not plans.filter(is_prepaid=True).exists() and not plans.filter(name=PREPAID).exists():
        made = plans.create(name=PREPAID, is_prepaid=True)
        lists.create(plan=made, starts_at=ALWAYS, noticed_at=ALWAYS, prices={}, fees=[])


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0006_price_lists_alone'),
    ]

    operations = [
        migrations.RunPython(ship, migrations.RunPython.noop),
    ]
