"""Ships the default plan: the capability table as it is."""

from django.db import migrations


def add_default_plan(apps, schema_editor):
    """Add it unless somebody made one meanwhile."""
    plans = apps.get_model("plans", "Plan").objects
    if not plans.filter(is_default=True).exists():
        plans.create(name="Standard", is_default=True, overrides={}, keyword_quotas={})


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0001_plans'),
    ]

    operations = [
        migrations.RunPython(add_default_plan, migrations.RunPython.noop),
    ]
