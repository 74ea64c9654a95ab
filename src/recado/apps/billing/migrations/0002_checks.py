from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0001_money'),
    ]

    operations = [
        migrations.AddField(
            model_name='wallet',
            name='refused_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='wallet',
            name='told_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='CheckResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=24, unique=True)),
                ('checked_at', models.DateTimeField()),
                ('checked_count', models.BigIntegerField(default=0)),
                ('difference_count', models.IntegerField(default=0)),
                ('differences', models.JSONField(default=list)),
            ],
        ),
    ]
