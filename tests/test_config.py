"""Settings that cannot be used are named, with what to write instead."""

from dataclasses import replace
from pathlib import Path

import pytest

from recado.config import Bucket, Clamd, ConfigError, MailListener, MailServer, load, parse_database, parse_mail_server


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("RECADO_PORT", "99999", "a whole number from 0 to 65535"),
        ("RECADO_PORT", "-1", "a whole number from 0 to 65535"),
        ("RECADO_NODE", "4", "a whole number from 0 to 3"),
        ("RECADO_DEBUG", "maybe", "yes or no"),
        ("RECADO_LOG_LEVEL", "loud", "DEBUG, INFO, WARNING, ERROR"),
        ("RECADO_SMTP_URL", "mail.example.org", "smtp://user:password@host:587"),
        ("RECADO_SMTP_URL", "smtp://mail.example.org:port", "smtp://user:password@host:587"),
        ("RECADO_SMTP_URL", "smtp://mail.example.org?tls=maybe", "?tls=ssl or ?tls=none"),
        ("RECADO_MAIL_FROM", "Recado", "Recado <sms@example.org>"),
        ("RECADO_MAIL_FROM", "sms@example.org\nBcc: all@example.org", "Recado <sms@example.org>"),
        ("RECADO_MAIL_LISTEN", "127.0.0.1:8024", "lmtp://127.0.0.1:8024"),
        ("RECADO_MAIL_LISTEN", "lmtp://127.0.0.1", "lmtp://127.0.0.1:8024"),
        ("RECADO_MAIL_LISTEN", "pop3://127.0.0.1:110", "lmtp://127.0.0.1:8024"),
        ("RECADO_MAIL_DOMAIN", "sms@example.org", "reply.example.org"),
        ("RECADO_MAIL_DOMAIN", "example.org\r\nX: y", "reply.example.org"),
        ("RECADO_DATABASE_URL", "mysql://me@there/recado", "postgresql://user:password@host:5432/database"),
        ("RECADO_DATABASE_URL", "postgresql://me@there", "postgresql://user:password@host:5432/database"),
        ("RECADO_DATABASE_URL", "postgresql://me@there:port/recado", "postgresql://user:password@host:5432/database"),
        ("RECADO_DATABASE_URL", "postgresql://me@there:70000/recado", "postgresql://user:password@host:5432/database"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str, advice: str):
    with pytest.raises(ConfigError) as refused:
        load({name: value})
    assert name in str(refused.value)
    assert advice in str(refused.value)


def test_mails_are_taken_for_a_domain_that_is_told():
    with pytest.raises(ConfigError, match="RECADO_MAIL_DOMAIN is empty"):
        load({"RECADO_MAIL_LISTEN": "lmtp://127.0.0.1:8024"})
    taken = load({"RECADO_MAIL_LISTEN": "lmtp://127.0.0.1:8024", "RECADO_MAIL_DOMAIN": "Reply.Example.org"})
    assert (taken.mail_listen, taken.mail_domain) == (MailListener("lmtp", "127.0.0.1", 8024), "reply.example.org")


def test_a_refused_address_keeps_its_password_to_itself():
    with pytest.raises(ConfigError) as refused:
        parse_database("mysql://me:hush@there/recado", Path("data"))
    assert "hush" not in str(refused.value)


def test_an_address_is_taken_apart_and_decoded():
    found = parse_database("postgresql://me:p%40ss@%2Ftmp%2Fpg:5433/recado", Path("data"))
    assert (found.user, found.password, found.host, found.port, found.name) == ("me", "p@ss", "/tmp/pg", 5433, "recado")
    assert "p@ss" not in repr(found)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.org", MailServer("mail.example.org", 587, "starttls")),
        ("smtp://mail.example.org?tls=ssl", MailServer("mail.example.org", 465, "ssl")),
        ("smtp://127.0.0.1:2525?tls=none", MailServer("127.0.0.1", 2525, "none")),
        ("smtp://me%40there:p%40ss@mail.example.org:587", MailServer("mail.example.org", 587, "starttls", "me@there", "p@ss")),
    ],
)
def test_a_mail_server_is_taken_apart(url: str, server: MailServer):
    assert parse_mail_server(url) == server
    assert "p@ss" not in repr(parse_mail_server(url))


def test_a_refused_mail_server_keeps_its_password_to_itself():
    with pytest.raises(ConfigError) as refused:
        load({"RECADO_SMTP_URL": "smtps://me:hush@there"})
    assert "hush" not in str(refused.value)


def test_links_lead_where_people_reach_the_panel():
    public = replace(load({}), public_hosts=("sms.example.org", "other.example"))
    assert public.address == "https://sms.example.org"
    assert replace(public, public_hosts=(), host="127.0.0.1", port=8000).address == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", None),
        (
            "s3://key:se%2Fcret@s3.example.org/files?region=eu-central-1",
            Bucket("s3.example.org", "files", "key", "se/cret", "eu-central-1"),
        ),
        ("s3://key:secret@127.0.0.1:9000/files?tls=no", Bucket("127.0.0.1:9000", "files", "key", "secret", tls=False)),
    ],
)
def test_a_bucket_is_read(url, expected):
    assert load({"RECADO_MEDIA_URL": url}).media_url == expected


@pytest.mark.parametrize(
    "url", ["files", "s3://host/files", "s3://k:secret@host", "s3://k:secret@host/a/b", "s3://k:secret@host/a?tls=maybe"]
)
def test_a_bucket_that_cannot_be_used_is_refused_without_its_secret(url):
    with pytest.raises(ConfigError, match="RECADO_MEDIA_URL") as error:
        load({"RECADO_MEDIA_URL": url})
    assert "k:secret" not in str(error.value)


def test_files_have_an_address_of_their_own_where_one_is_named():
    assert load({"RECADO_MEDIA_HOST": "media.example.org"}).media_address == "https://media.example.org"
    assert load({"RECADO_PUBLIC_HOSTS": "sms.example.org"}).media_address == "https://sms.example.org"
    with pytest.raises(ConfigError, match="RECADO_MEDIA_HOST"):
        load({"RECADO_MEDIA_HOST": "https://media.example.org/"})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", None),
        ("/run/clamav/clamd.ctl", Clamd(path="/run/clamav/clamd.ctl")),
        ("127.0.0.1:3310", Clamd(host="127.0.0.1", port=3310)),
        ("[::1]:3310", Clamd(host="::1", port=3310)),
        ("scanner.example.org:3310", Clamd(host="scanner.example.org", port=3310)),
    ],
)
def test_a_virus_scanner_is_a_socket_or_a_port(given, expected):
    assert load({"RECADO_CLAMAV": given}).clamav == expected
    assert str(expected or "") == given


@pytest.mark.parametrize(
    "given",
    ["yes", "clamd.ctl", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:70000", "::1:3310", "[::1", "tcp://127.0.0.1:3310", "/" + "x" * 107],
)
def test_what_is_no_virus_scanner_is_refused_with_what_to_write(given):
    with pytest.raises(ConfigError, match=r"RECADO_CLAMAV is .*/run/clamav/clamd\.ctl .* or 127\.0\.0\.1:3310"):
        load({"RECADO_CLAMAV": given})
