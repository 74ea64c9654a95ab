"""An index of the few messages that may be opt-outs."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("inbox", "0004_flag"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(condition=models.Q(("flag", "opt_out")), fields=["account", "id"], name="message_may_want_out"),
        ),
    ]
