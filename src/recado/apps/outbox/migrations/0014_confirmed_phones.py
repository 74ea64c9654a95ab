"""Phones agree to forwards by a code, and URLs choose how phones are written; phones that messages go to already stay as they are."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F


def keep_phones(apps, schema_editor):
    destinations = apps.get_model("outbox", "Destination").objects
    destinations.filter(kind="phone", confirmed_at=None).update(confirmed_at=F("created_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_quiet_hours'),
        ('outbox', '0013_attempt_reply'),
    ]

    operations = [
        migrations.AddField(
            model_name='destination',
            name='confirmed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='destination',
            name='phone_form',
            field=models.CharField(choices=[('digits', 'Digits with the code of the country: 48604218377'), ('plus', 'With a plus: +48604218377'), ('national', 'As dialled at home: 604218377')], db_default='digits', default='digits', max_length=8, verbose_name='phone numbers'),
        ),
        migrations.CreateModel(
            name='PhoneCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('msisdn', models.CharField(max_length=32)),
                ('digest', models.CharField(max_length=64)),
                ('wrong_tries', models.SmallIntegerField(db_default=0, default=0)),
                ('sent_at', models.DateTimeField()),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.account')),
            ],
            options={
                'indexes': [models.Index(fields=['msisdn', 'sent_at'], name='phone_code_by_phone'), models.Index(fields=['account', 'sent_at'], name='phone_code_by_account')],
            },
        ),
        migrations.RunPython(keep_phones, migrations.RunPython.noop),
    ]
