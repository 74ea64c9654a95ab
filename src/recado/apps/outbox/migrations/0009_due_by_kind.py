"""Find what is due of one kind without looking through what is due of the others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0008_segment_reason"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="job",
            name="job_due_in_order",
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                condition=models.Q(("state__in", ("waiting", "claimed"))),
                fields=["is_bulk", "kind", "next_attempt_at", "id"],
                name="job_due_in_order",
            ),
        ),
    ]
