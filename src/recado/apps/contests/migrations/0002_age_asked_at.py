from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contests", "0001_initial")]

    operations = [
        migrations.AddField(model_name="entry", name="age_asked_at", field=models.DateTimeField(null=True)),
    ]
