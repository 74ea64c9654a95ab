"""Keep of an attempt what became of a reply in the answer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0012_destination_removed"),
    ]

    operations = [
        migrations.AddField(
            model_name="attempt",
            name="reply",
            field=models.CharField(db_default="", default="", max_length=16),
        ),
    ]
