"""The menu of the settings: everybody sees their own sections, and those of the company their role opens."""

import pytest

from recado.apps.accounts.models import Role
from recado.panel.settings.sections import chapters_for

PERSONAL = ["appearance", "notifications", "security"]
SEEN = [
    (
        Role.OWNER,
        [*PERSONAL, "company", "team", "hours", "canned-replies", "files", "sender-names", "delivery-reports", "retention", "activity"],
    ),
    (
        Role.ADMIN,
        [*PERSONAL, "company", "team", "hours", "canned-replies", "files", "sender-names", "delivery-reports", "retention", "activity"],
    ),
    (Role.AGENT, [*PERSONAL, "company", "team", "hours", "canned-replies", "files", "sender-names"]),
    (Role.BILLING, [*PERSONAL, "company", "team"]),
    (Role.API, PERSONAL),
]


@pytest.mark.parametrize(("role", "expected"), SEEN)
def test_each_role_sees_what_it_may_open(role, expected):
    paths = [section.path for chapter in chapters_for(role) for section in chapter.sections]
    assert paths == [f"/settings/{name}/" for name in expected]


def test_the_first_page_names_them_with_a_word_on_each(vera_client):
    page = vera_client.get("/settings/").content.decode()
    assert "Light or dark, density, language" in page
    assert "/settings/activity/" not in page
