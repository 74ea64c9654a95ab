"""Run as a program with RECADO_* set: adds another spelling to a keyword, as the panel of another process would."""

import sys

import django

django.setup()

from recado.apps.keywords.models import Keyword  # noqa: E402  # after django.setup
from recado.apps.keywords.synonyms import add_synonym  # noqa: E402

add_synonym(Keyword.objects.get(word=sys.argv[1]), sys.argv[2])
