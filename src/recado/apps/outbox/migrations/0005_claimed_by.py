"""Which worker claimed a job: so that one that was killed is recognised as gone at its next start."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0004_sending"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="claimed_by",
            field=models.BigIntegerField(null=True),
        ),
    ]
