"""Seeds promised before a list was frozen are taken back: each day gets its own after its list is."""

from django.db import migrations


def take_back(apps, schema_editor):
    """Forget the days to come."""
    apps.get_model("contests", "Draw").objects.filter(frozen_at__isnull=True).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('contests', '0003_published_winners'),
    ]

    operations = [
        migrations.RunPython(take_back, migrations.RunPython.noop),
    ]
