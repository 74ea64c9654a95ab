"""Code pools in the panel: made with a keyword, filled from lists or made up, handed out, taken out."""

from contextlib import closing
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from panel.conversations import dialogue, number, received
from recado.apps.accounts.models import Account, User
from recado.apps.codes.importing import add_codes
from recado.apps.codes.models import Code, CodePool
from recado.apps.codes.services import PoolContent, add_pool
from recado.apps.keywords.activities import Kind, keywords_of
from recado.apps.keywords.models import Keyword

FIELDS = {"name": "Summer", "low_at": 20, "empty_text": "All gone.", "already_text": ""}


@pytest.fixture
def page(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


@pytest.fixture
def pool(account: Account) -> CodePool:
    return add_pool(account, PoolContent("Summer"))


def confirmed(page: Client, pool: CodePool, response) -> int:
    """Press the button of the page that says what would come in."""
    page.post(reverse("code-pool-confirm", args=[pool.pk]), {"codes": response.context["packed"]})
    return pool.codes.count()


def test_a_pool_and_its_keyword_are_made_at_once_and_codes_come_next(page: Client, account: Account) -> None:
    given = FIELDS | {"number": number(account).pk, "word": "Coupon", "reply": "Your code: {code}"}
    response = page.post(reverse("code-pool-new"), given)
    pool = CodePool.objects.get()
    assert response.headers["Location"] == reverse("code-pool-add", args=[pool.pk])
    (keyword,) = keywords_of(account, Kind.GIVE_CODE, pool.pk)
    assert keyword.word == "Coupon"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reply": "Thank you"}, "Write {code} where the code goes"),
        ({"empty_text": "No {code}"}, "Nothing is filled in for {code} here"),
        ({"already_text": "{nothing}"}, "Nothing is filled in for {nothing} here"),
    ],
)
def test_a_reply_without_its_code_is_refused(page: Client, account: Account, given: dict[str, str], said: str) -> None:
    whole = FIELDS | {"number": number(account).pk, "word": "Coupon", "reply": "Your code: {code}"} | given
    response = page.post(reverse("code-pool-new"), whole)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not CodePool.objects.exists()


def test_a_pasted_list_is_looked_at_before_it_comes_in(page: Client, pool: CodePool) -> None:
    add_codes(pool, ["A1"])
    response = page.post(reverse("code-pool-add", args=[pool.pk]), {"pasted": "A1\nB2\nB2\nC3"})
    assert response.context["counts"] == {"new": 2, "twice": 1, "known": 1, "bad": 0}
    assert pool.codes.count() == 1
    assert confirmed(page, pool, response) == 3


def test_a_spreadsheet_gives_its_first_column(page: Client, pool: CodePool) -> None:
    book, file = Workbook(), BytesIO()
    for row in (("Code", "Worth"), ("A1", 15), ("B2", 15)):
        book.active.append(row)
    book.save(file)
    response = page.post(reverse("code-pool-add", args=[pool.pk]), {"file": SimpleUploadedFile("codes.xlsx", file.getvalue())})
    assert response.context["named"]["new"] == ("A1", "B2")
    assert confirmed(page, pool, response) == 2


@pytest.mark.parametrize("given", [{"pasted": " "}, {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04 no book")}])
def test_what_is_no_list_is_said_to_be_none(page: Client, pool: CodePool, given: dict[str, object]) -> None:
    response = page.post(reverse("code-pool-add", args=[pool.pk]), given)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


def test_a_list_that_was_made_up_in_between_adds_nothing(page: Client, pool: CodePool) -> None:
    for packed in ("", "nonsense", "%%%"):
        page.post(reverse("code-pool-confirm", args=[pool.pk]), {"codes": packed})
    assert not pool.codes.exists()


def test_codes_are_made_up_unless_they_could_be_guessed(page: Client, pool: CodePool) -> None:
    page.post(reverse("code-pool-generate", args=[pool.pk]), {"count": 20, "length": 8})
    assert pool.codes.count() == 20
    response = page.post(reverse("code-pool-generate", args=[pool.pk]), {"count": 1000, "length": 4})
    assert "could be guessed" in response.content.decode()


def test_a_code_is_taken_out_and_put_back_and_one_that_is_somebodys_stays(page: Client, pool: CodePool) -> None:
    add_codes(pool, ["A1", "B2"])
    first, second = pool.codes.order_by("id")
    address = reverse("code-withdraw", args=[pool.pk, first.pk])
    assert "Undo" in page.post(address, follow=True).content.decode()
    page.post(address, {"to": "free"})
    assert Code.objects.get(pk=first.pk).withdrawn_at is None
    Code.objects.filter(pk=second.pk).update(msisdn="48501222333", handed_at=timezone.now())
    said = page.post(reverse("code-withdraw", args=[pool.pk, second.pk]), follow=True).content.decode()
    assert "somebody’s already" in said


def test_codes_are_found_by_phone_and_lead_to_the_conversation(page: Client, account: Account, pool: CodePool) -> None:
    add_codes(pool, ["A1", "B2"])
    conversation = dialogue(account, "48501222333", "Hanna Nowak")
    about = {"message_id": received(conversation, "coupon").pk, "handed_at": timezone.now()}
    Code.objects.filter(value="A1").update(msisdn="48501222333", **about)
    html = page.get(reverse("code-pool", args=[pool.pk]), {"q": "501 222 333"}).content.decode()
    assert "A1" in html
    assert "B2" not in html
    assert reverse("conversation", args=[conversation.pk]) in html
    assert "B2" in page.get(reverse("code-pool", args=[pool.pk]), {"q": "b2"}).content.decode()


def test_codes_are_taken_away_as_files(page: Client, pool: CodePool) -> None:
    add_codes(pool, ["A1", "=B2"])
    address = reverse("code-pool-export", args=[pool.pk])
    csv = b"".join(page.get(address, {"as": "csv"}).streaming_content).decode()
    assert [line.split(",")[0] for line in csv.splitlines()[1:]] == ["A1", "'=B2"]
    with closing(page.get(address, {"as": "xlsx"})) as sheet:
        assert sheet["Content-Disposition"].endswith('"summer.xlsx"')


def test_a_pool_goes_only_once_no_keyword_gives_its_codes(page: Client, account: Account) -> None:
    given = FIELDS | {"number": number(account).pk, "word": "Coupon", "reply": "Your code: {code}"}
    page.post(reverse("code-pool-new"), given)
    address = reverse("code-pool-delete", args=[CodePool.objects.get().pk])
    response = page.post(address)
    assert response.status_code == 422
    assert "Coupon" in response.content.decode()
    Keyword.objects.all().delete()
    page.post(address)
    assert not CodePool.objects.exists()
