"""Prices are in the lists alone. The lists there are have begun, and routing knows them."""

import django.utils.timezone
from django.db import migrations, models
from django.db.models import F


def notice(apps, schema_editor):
    """Mark what has begun."""
    now = django.utils.timezone.now()
    apps.get_model("plans", "PriceList").objects.filter(starts_at__lte=now).update(noticed_at=F("starts_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0005_fill_price_lists'),
    ]

    operations = [
        migrations.AddField(model_name='pricelist', name='noticed_at', field=models.DateTimeField(null=True)),
        migrations.RunPython(notice, migrations.RunPython.noop),
        migrations.RemoveField(model_name='plan', name='prices'),
    ]
