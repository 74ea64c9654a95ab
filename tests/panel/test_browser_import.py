"""A long list is imported and undone in a real browser."""

import pytest

from recado.apps.contacts.models import Contact, GroupMembership, ImportedPerson
from recado.apps.contacts.services import add_contact

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]
PEOPLE = 10_000
LIST = "Telefon;Imię\n" + "".join(f"{604_000_000 + count};Osoba {count}\n" for count in range(PEOPLE)) + "12;Zła\n"


def test_ten_thousand_people_are_imported_and_the_import_is_undone(visit, account):
    known = add_contact(account, "48604000007", {"first_name": "Hanna"})
    page = visit().open("/contacts/import/")
    page.set_default_timeout(60_000)
    page.set_input_files("#file", {"name": "lista.csv", "mimeType": "text/csv", "buffer": LIST.encode("cp1250")})
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("10001 rows were read").wait_for()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("New group").fill("Lista")
    page.get_by_role("button", name="Import 10000 rows").click()
    page.get_by_role("button", name="Undo import").wait_for()
    known.refresh_from_db()
    assert (Contact.objects.count(), GroupMembership.objects.count(), known.first_name) == (PEOPLE, PEOPLE, "Osoba 7")
    page.get_by_role("button", name="Undo import").click()
    page.get_by_text("The import is undone.").wait_for()
    known.refresh_from_db()
    assert (list(Contact.objects.all()), GroupMembership.objects.count(), known.first_name) == ([known], 0, "Hanna")
    assert ImportedPerson.objects.count() == 0
