"""Run as a program with RECADO_* set, after begin_campaign.py: stop the campaign as a person would."""

import django

django.setup()

from django.utils import timezone  # noqa: E402  # after django.setup

from recado.apps.campaigns.models import Campaign  # noqa: E402
from recado.apps.campaigns.running import stop  # noqa: E402

assert stop(Campaign.objects.get(), now=timezone.now())
