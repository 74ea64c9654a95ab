"""The page about forwarding to phones says the reasons and limits that hold."""

from pages import DOCS, sections, table_rows

from recado.core import phone_forward, phone_loop
from recado.core.phone_forward import PhoneRefusal

PAGE = " ".join((DOCS / "howto/forward-to-phone.md").read_text().split())


def test_each_reason_is_on_the_page_and_no_other():
    rows = table_rows(sections("howto/forward-to-phone.md")["When it is not forwarded"])
    assert {row[0].strip("`") for row in rows} == set(PhoneRefusal)


def test_the_limits_are_those_of_the_code():
    hours = phone_forward.LIMIT_WITHIN.total_seconds() / 3600
    assert f"at most {phone_forward.STANDARD_DAILY_LIMIT} messages in {hours:.0f} hours" in PAGE
    assert f"more than {phone_forward.MOST_SEGMENTS} parts" in PAGE
    assert f"within the last {phone_loop.ECHO_WITHIN.total_seconds() / 3600:.0f} hours" in PAGE
    assert phone_forward.TEMPLATE.format(sender=phone_forward.readable("48501222333"), text="Is there bread?") in PAGE
