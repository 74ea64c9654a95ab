"""Find jobs that failed and wait, and count them by destination, without looking at all that waits."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0014_confirmed_phones"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                condition=models.Q(("attempt_count__gt", 0), ("state__in", ("waiting", "claimed"))),
                fields=["next_attempt_at", "id", "destination", "kind"],
                name="job_retried",
            ),
        ),
    ]
