"""The rail of the Operator Console."""

import pytest
from django.test import Client

from recado.apps.accounts.models import OperatorRole, User
from recado.panel.operator.sections import sections_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(OperatorRole))
def test_everybody_sees_the_overview(role):
    assert "operator" in {entry.section.url_name for entry in sections_for(role)}


def test_the_open_section_is_marked(settings):
    settings.OPERATORS_NEED_SECOND_FACTOR = False
    client = Client()
    client.force_login(User.objects.create_user("olga@example.com", "a long password", name="Olga", operator_role=OperatorRole.ADMIN))
    assert 'href="/operator/" aria-current="page"' in client.get("/operator/").content.decode()
