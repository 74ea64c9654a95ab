"""Who pays before had a floor below nothing where a limit of its own was agreed: the plan's promise counts before the limit."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q


def raise_floors(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Let nobody who pays before owe anything."""
    has_default = apps.get_model("plans", "Plan").objects.filter(is_default=True, is_prepaid=True).exists()
    is_prepaid = Q(account__plan__is_prepaid=True) | (Q(account__plan=None) if has_default else Q(pk__in=[]))
    wallets = apps.get_model("billing", "Wallet").objects
    concerned = wallets.filter(is_prepaid).exclude(floor=0).values_list("pk", flat=True)
    wallets.filter(pk__in=list(concerned)).update(floor=0)


class Migration(migrations.Migration):
    dependencies = [("billing", "0003_runs"), ("plans", "0007_shipped_plans")]

    operations = [migrations.RunPython(raise_floors, migrations.RunPython.noop, elidable=True)]
