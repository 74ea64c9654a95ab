from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contests', '0004_seeds_after_lists'),
    ]

    operations = [
        migrations.AlterField(
            model_name='draw',
            name='frozen_at',
            field=models.DateTimeField(),
        ),
    ]
