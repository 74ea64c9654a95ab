"""Envelopes: any release in, the same back; what is refused; what is written can be read."""

import contextlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.protocols.mm7 import writing
from recado.protocols.mm7.dialect import DIALECTS, Dialect
from recado.protocols.mm7.envelope import read_envelope
from recado.protocols.mm7.errors import Mm7FormatError
from recado.protocols.mm7.messages import (
    Address,
    AddressKind,
    DeliverReq,
    DeliveryReportReq,
    ErrorReq,
    ErrorRsp,
    Fault,
    PlainRsp,
    ReadReplyReq,
    Spoken,
    SubmitReq,
    SubmitRsp,
)
from recado.protocols.mm7.status import Status, StatusCode, status_of
from recado.testing.mmsc_requests import deliver_xml, delivery_report, read_reply

NAMESPACES = [
    *(f"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-5-MM7-1-{minor}" for minor in (0, 1, 2, 3, 5)),
    *(f"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-{minor}" for minor in (0, 1, 2, 3, 4)),
    "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-6-7",
    "http://vendor.example/mm7/extension",
    "http://www.3gpp.org/MM7-5-2-0",
    "",
]
DELIVER = (
    '<?xml version="1.0" encoding="{charset}"?><env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Header>'
    '<TransactionID xmlns="urn:m">t1</TransactionID></env:Header><env:Body><DeliverReq xmlns="urn:m"><MM7Version>5.3.0</MM7Version>'
    "{inner}</DeliverReq></env:Body></env:Envelope>"
)
SUCCESS = status_of(StatusCode.SUCCESS)


def deliver(inner: str) -> DeliverReq:
    message = read_envelope(DELIVER.format(charset="utf-8", inner=inner).encode()).message
    assert isinstance(message, DeliverReq)
    return message


@pytest.mark.parametrize("prefix", ["", "mm7"])
@pytest.mark.parametrize("namespace", NAMESPACES)
def test_every_release_is_read_and_answered_in_its_own_words(namespace: str, prefix: str) -> None:
    prefix = prefix if namespace else ""
    spoken = Spoken(namespace, "5.2.0", prefix)
    asked = read_envelope(deliver_xml("t<1>", spoken=spoken, subject="Zażółć & <co>"))
    assert asked.spoken == spoken
    assert asked.transaction_id == "t<1>"
    assert isinstance(asked.message, DeliverReq)
    assert asked.message.subject == "Zażółć & <co>"
    assert asked.message.content_href == "generic_content"
    assert asked.message.sent_at == datetime(2026, 11, 27, 11, 0, tzinfo=UTC)
    answered = read_envelope(writing.deliver_rsp(asked.spoken, asked.transaction_id, SUCCESS))
    assert (answered.spoken, answered.transaction_id) == (spoken, "t<1>")
    assert answered.message == PlainRsp("DeliverRsp", Status(1000, "Success"))


@pytest.mark.parametrize(
    ("inner", "kind", "digits"),
    [
        ("<Sender><Number>+48 501-222-333/TYPE=PLMN</Number></Sender>", AddressKind.NUMBER, "48501222333"),
        ("<Sender><Number>0048501222333</Number></Sender>", AddressKind.NUMBER, "48501222333"),
        ("<Sender><RFC2822Address>+48501222333/TYPE=PLMN@mms.example</RFC2822Address></Sender>", AddressKind.MAIL, "48501222333"),
        ("<Sender><RFC2822Address>a@b.example</RFC2822Address></Sender>", AddressKind.MAIL, ""),
        ("<Sender><ShortCode>007</ShortCode></Sender>", AddressKind.SHORT_CODE, "007"),
        ("<Sender><ShortCode>Shop</ShortCode></Sender>", AddressKind.SHORT_CODE, ""),
        ("<SenderIdentification><SenderAddress><Number>1</Number></SenderAddress></SenderIdentification>", AddressKind.NUMBER, "1"),
        ("<Sender>48501222333</Sender>", AddressKind.NUMBER, "48501222333"),
        ("<x:sender xmlns:x='urn:v'><x:NUMBER>1</x:NUMBER></x:sender>", AddressKind.NUMBER, "1"),
    ],
)
def test_addresses_are_read_however_they_are_written(inner: str, kind: AddressKind, digits: str) -> None:
    sender = deliver(inner).sender
    assert sender is not None
    assert (sender.kind, sender.digits) == (kind, digits)


@pytest.mark.parametrize("inner", ["", "<Sender/><Recipients/>", "<Sender><Number> </Number></Sender>", '<Content/><Content href=""/>'])
def test_a_message_may_lack_sender_recipient_and_content(inner: str) -> None:
    asked = deliver(inner)
    assert (asked.sender, asked.recipients, asked.content_href) == (None, (), "")


@pytest.mark.parametrize("href", ["cid:x@y", "x@y", "&lt;x@y&gt;", " CID:&lt;x@y&gt; ", "&quot;cid:x@y&quot;"])
def test_content_is_named_with_and_without_brackets(href: str) -> None:
    assert deliver(f'<Content href="{href}" allowAdaptations="true"/>').content_href == "x@y"


def test_all_recipients_are_read() -> None:
    asked = deliver("<Recipients><To><Number>1</Number><ShortCode>2</ShortCode></To><Cc><Number>3</Number></Cc></Recipients>")
    assert [one.digits for one in asked.recipients] == ["1", "2", "3"]


def test_a_subject_in_words_of_mail_is_decoded() -> None:
    assert deliver("<Subject>=?utf-8?B?xbvDs8WCdw==?=</Subject>").subject == "Żółw"
    assert deliver("<Subject>=?nonsense?Q?x?=</Subject>").subject == "=?nonsense?Q?x?="


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "utf-16-le", "euc-kr", "gb2312", "iso-8859-2", "windows-1250"])
def test_charsets_are_decoded(charset: str) -> None:
    subject = {"euc-kr": "안녕", "gb2312": "你好"}.get(charset, "Zażółć")
    document = DELIVER.format(charset=charset, inner=f"<Subject>{subject}</Subject>")
    message = read_envelope(document.encode(charset)).message
    assert isinstance(message, DeliverReq)
    assert message.subject == subject


def test_the_charset_of_the_part_counts_where_the_xml_says_none() -> None:
    document = DELIVER.format(charset="x", inner="<Subject>Żółw</Subject>").partition("?>")[2]
    message = read_envelope(document.encode("iso-8859-2"), "iso-8859-2").message
    assert isinstance(message, DeliverReq)
    assert message.subject == "Żółw"


@pytest.mark.parametrize("before", [b"\r\n\r\n  ", b"\xef\xbb\xbf", b"\n\xef\xbb\xbf"])
def test_blanks_and_marks_before_the_declaration_are_skipped(before: bytes) -> None:
    assert read_envelope(before + DELIVER.format(charset="UTF-8", inner="").encode() + b"\r\n\0").transaction_id == "t1"


def test_prefixes_that_nobody_declared_are_understood() -> None:
    xml = (
        b"<soap:Envelope><soap:Header><mm7:TransactionID>t1</mm7:TransactionID></soap:Header>"
        b"<soap:Body><mm7:DeliverReq/></soap:Body></soap:Envelope>"
    )
    asked = read_envelope(xml)
    assert (asked.transaction_id, type(asked.message)) == ("t1", DeliverReq)
    assert read_envelope(writing.deliver_rsp(asked.spoken, "t1", SUCCESS)).transaction_id == "t1"


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"no xml",
        b"<a/>",
        b"<Envelope/>",
        b"<Envelope><Body/></Envelope>",
        b"<Envelope><Body><Dance/></Body></Envelope>",
        b"<Envelope><Body><DeliverReq></Body></Envelope>",
        b"<!DOCTYPE Envelope><Envelope><Body><DeliverReq/></Body></Envelope>",
        b'<!DOCTYPE Envelope [<!ENTITY x "y">]><Envelope><Body><DeliverReq><Subject>&x;</Subject></DeliverReq></Body></Envelope>',
        b"<Envelope><Body><DeliverReq><Subject>&x;</Subject></DeliverReq></Body></Envelope>",
        b"<Envelope><Body><DeliverReq>" + b"<a>" * 100 + b"</a>" * 100 + b"</DeliverReq></Body></Envelope>",
        b"<Envelope><Body><DeliverReq>" + b"<a/>" * 30_000 + b"</DeliverReq></Body></Envelope>",
        b"<Envelope><Body><DeliverReq>" + b" " * 256 * 1024 + b"</DeliverReq></Body></Envelope>",
    ],
)
def test_what_is_no_envelope_is_refused(xml: bytes) -> None:
    with pytest.raises(Mm7FormatError):
        read_envelope(xml)


@given(st.data())
def test_damage_is_an_error_or_nothing_worse(data: st.DataObject) -> None:
    xml = bytearray(data.draw(st.sampled_from([deliver_xml("t", subject="ż"), delivery_report("t", "m").body])))
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(xml)))
        xml[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=9))
    with contextlib.suppress(Mm7FormatError):
        assert read_envelope(bytes(xml)).message


def test_reports_are_read() -> None:
    report = read_envelope(delivery_report("t", "m1", "unrecognized").body).message
    assert isinstance(report, DeliveryReportReq)
    assert (report.message_id, report.status, report.recipient and report.recipient.digits) == ("m1", "Unrecognised", "48501222333")
    assert report.at == datetime(2026, 11, 27, 11, 0, tzinfo=UTC)
    reply = read_envelope(read_reply("t", "m1").body).message
    assert isinstance(reply, ReadReplyReq)
    assert (reply.message_id, reply.status) == ("m1", "Read")


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=lambda dialect: dialect.name)
def test_what_we_submit_can_be_read(dialect: Dialect) -> None:
    at = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)
    request = SubmitReq(
        (Address("48501222333"), Address("48501222334")),
        Address("7055", AddressKind.SHORT_CODE),
        "Żółw & co",
        "vasp",
        "vas-7",
        "service",
        "Informational",
        wants_read_reply=True,
        priority="Normal",
        linked_id="l1",
        expires_at=at,
        sent_at=at,
        content_href="content",
    )
    asked = read_envelope(writing.submit_req(dialect, "t1", request))
    assert asked.spoken == dialect.spoken
    assert isinstance(asked.message, SubmitReq)
    assert [one.digits for one in asked.message.recipients] == ["48501222333", "48501222334"]
    assert asked.message.recipients[0].value == f"{dialect.number_prefix}48501222333{dialect.number_suffix}"
    assert replace(asked.message, recipients=request.recipients) == request


@pytest.mark.parametrize("code", StatusCode)
def test_every_status_can_be_answered_and_read(code: StatusCode) -> None:
    spoken = Spoken()
    status = Status(code, code.text, "because")
    assert read_envelope(writing.submit_rsp(spoken, "t", status, "m1")).message == SubmitRsp(status, "m1")
    assert read_envelope(writing.delivery_report_rsp(spoken, "t", status)).message == PlainRsp("DeliveryReportRsp", status)
    assert read_envelope(writing.read_reply_rsp(spoken, "t", status)).message == PlainRsp("ReadReplyRsp", status)
    assert read_envelope(writing.vasp_error_rsp(spoken, "t", status)).message == ErrorRsp(status)
    assert read_envelope(writing.rs_error_rsp(spoken, "t", status)).message == ErrorRsp(status)
    answered = read_envelope(writing.fault(spoken, "t", status))
    side = "Server" if code // 1000 == 3 else "Client"
    assert answered.message == Fault(f"env:{side}", "because", status)
    assert answered.transaction_id == "t"


def test_errors_of_message_centres_are_read() -> None:
    status = b"<Status><StatusCode>4007</StatusCode></Status>"
    xml = b"<Envelope><Body><VASPErrorReq><MessageID>m1</MessageID>" + status + b"</VASPErrorReq></Body></Envelope>"
    assert read_envelope(xml).message == ErrorReq(Status(4007), "m1")
    soap_1_2 = b"<Envelope><Body><Fault><Code><Value>env:Sender</Value></Code><Reason><Text>No.</Text></Reason></Fault></Body></Envelope>"
    assert read_envelope(soap_1_2).message == Fault("env:Sender", "No.", None)


@pytest.mark.parametrize(
    ("code", "is_success", "is_temporary"),
    [
        (1000, True, False),
        (1100, True, False),
        (2007, False, False),
        (3002, False, True),
        (4006, False, True),
        (4007, False, False),
        (0, False, False),
    ],
)
def test_the_class_of_a_status_says_what_to_do(code: int, is_success: bool, is_temporary: bool) -> None:
    status = Status(code)
    assert (status.is_success, status.is_temporary) == (is_success, is_temporary)
