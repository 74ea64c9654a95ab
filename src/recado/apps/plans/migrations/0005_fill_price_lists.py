"""Makes the prices each plan had the list that always was in force."""

from datetime import UTC, datetime

from django.db import migrations

ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)


def fill(apps, schema_editor):
    """Give each plan that has no list yet its first."""
    lists = apps.get_model("plans", "PriceList").objects
    for plan in apps.get_model("plans", "Plan").objects.filter(price_lists=None):
        lists.create(plan=plan, starts_at=ALWAYS, prices=plan.prices, fees=[])


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0004_money'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
