"""Settings of one installation, read once from the environment, as one frozen value.

Read by the Django settings and by the gateway alike. What belongs here: names, defaults and plain conversion.
What does not: anything that acts on a setting.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
MAIL_PORTS = {"starttls": 587, "ssl": 465, "none": 25}
"""How a connection to the mail server is encrypted, and the port used where none is written."""
_DOMAIN = re.compile(r"(?=.{1,190}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_HOST_AND_PORT = re.compile(r"(?P<host>\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+):(?P<port>[0-9]{1,5})")
_LARGEST_PORT = 65535
_LONGEST_SOCKET_PATH = 107
"""Of a Unix socket on Linux, without the zero octet behind it."""


class ConfigError(ValueError):
    """A setting cannot be used; the message says which and what to write instead."""


@dataclass(frozen=True, slots=True)
class Database:
    """Where the rows live."""

    engine: str
    """`sqlite` or `postgresql`."""
    name: str
    """File path, or database name."""
    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: int | None = None

    @property
    def dsn(self) -> str:
        """Connection string for psycopg, or the file for sqlite3."""
        if self.engine == "sqlite":
            return self.name
        given = {"dbname": self.name, "user": self.user, "password": self.password, "host": self.host, "port": self.port}
        return " ".join(f"{key}='{value}'" for key, value in given.items() if value)


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over to be sent."""

    host: str
    port: int
    tls: str
    """`starttls`, `ssl` or `none`."""
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class MailListener:
    """Where mails are taken that answer ours."""

    protocol: str
    """`lmtp` or `smtp`."""
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket of an S3 server, where files of MMS lie."""

    host: str
    """With the port, where it is not that of the protocol."""
    name: str
    key: str
    secret: str = field(repr=False)
    region: str = "us-east-1"
    tls: bool = True

    @property
    def address(self) -> str:
        """The server's address, without a slash at the end."""
        return f"{'https' if self.tls else 'http'}://{self.host}"


@dataclass(frozen=True, slots=True)
class Clamd:
    """Where the virus scanner listens: a socket's path, or host and port."""

    path: str = ""
    host: str = ""
    port: int = 0

    def __str__(self) -> str:
        """Return it as the setting is written."""
        return self.path or (f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}")


@dataclass(frozen=True, slots=True)
class Config:
    """All settings. Each is an environment variable `RECADO_<NAME>`; docs/reference/settings.md lists them."""

    data: Path
    database: Database
    host: str = "127.0.0.1"
    port: int = 8000
    debug: bool = False
    allow_private_forwards: bool = False
    """Let forwards reach loopback and private addresses. The demo sets it; an installation on the internet must not."""
    log_level: str = "INFO"
    log_texts: bool = False
    """Show message texts and full phone numbers in the log."""
    correlation_days: int = 7
    """So many days after an account wrote to a phone from a pool number (ECO+) no other does, and answers there are that account's."""
    api_calls_per_minute: int = 600
    """So many calls of our own API one key may make; 0: any number."""
    keep_messages_months: int = 0
    """So many months messages of accounts are kept that chose nothing else; 0: for ever."""
    keep_files_days: int = 0
    """So many days files of their MMS are; 0: as long as the messages."""
    node: int = 0
    """0 to 3: distinguishes processes that give ids at the same time."""
    operators_need_second_factor: bool = True
    """Whether the Operator Console lets in only who has an authenticator app or a passkey. Switch it off for trying Recado out alone."""
    public_hosts: tuple[str, ...] = ()
    """Names under which people reach the panel, where a proxy stands in front of it."""
    smtp_url: MailServer | None = None
    """Where mail is handed over; None: mails are shown on standard output."""
    mail_from: str = ""
    """Who mails come from; empty: `recado@` and the first public host."""
    mail_domain: str = ""
    """The domain whose mails come to `mail_listen`: answers to forwarded messages and bounces."""
    mail_listen: MailListener | None = None
    """Where mails are taken; None: nowhere, and forwarded messages cannot be answered by mail."""
    mail_authenticator: str = ""
    """The mail server in front whose `Authentication-Results` must vouch for a sender; empty: a sender is believed."""

    media_url: Bucket | None = None
    """Where files of MMS lie; None: in the folder `media` of the data folder."""
    media_host: str = ""
    """A name of its own under which files of MMS are handed out, and nothing else; empty: the panel's."""
    clamav: Clamd | None = None
    """The virus scanner that is asked about files of MMS; None: nothing is scanned."""

    @property
    def media_address(self) -> str:
        """Where people reach files of MMS; without a slash at the end."""
        return f"https://{self.media_host}" if self.media_host else self.address

    @property
    def address(self) -> str:
        """Where people reach the panel: the first public name, else the port listened on; without a slash at the end."""
        return f"https://{self.public_hosts[0]}" if self.public_hosts else f"http://{self.host}:{self.port}"

    @property
    def mail_sender(self) -> str:
        """Who mails come from, as `Name <address>` or an address."""
        return self.mail_from or f"Recado <recado@{self.public_hosts[0] if self.public_hosts else 'localhost'}>"


def load(environ: Mapping[str, str] = os.environ) -> Config:
    """Read the settings; raise ConfigError naming the first one that cannot be used."""
    data = Path(environ.get("RECADO_DATA", "data")).expanduser().resolve()
    mail_domain = _mail_domain(environ)
    return Config(
        data=data,
        database=parse_database(environ.get("RECADO_DATABASE_URL", ""), data),
        host=environ.get("RECADO_HOST", "127.0.0.1"),
        port=_integer(environ, "RECADO_PORT", 8000, 0, 65535),
        debug=_boolean(environ, "RECADO_DEBUG"),
        allow_private_forwards=_boolean(environ, "RECADO_ALLOW_PRIVATE_FORWARDS"),
        log_level=_log_level(environ),
        log_texts=_boolean(environ, "RECADO_LOG_TEXTS"),
        correlation_days=_integer(environ, "RECADO_CORRELATION_DAYS", 7, 1, 365),
        api_calls_per_minute=_integer(environ, "RECADO_API_CALLS_PER_MINUTE", 600, 0, 1_000_000),
        keep_messages_months=_integer(environ, "RECADO_KEEP_MESSAGES_MONTHS", 0, 0, 120),
        keep_files_days=_integer(environ, "RECADO_KEEP_FILES_DAYS", 0, 0, 3650),
        node=_integer(environ, "RECADO_NODE", 0, 0, 3),
        operators_need_second_factor=_boolean(environ, "RECADO_OPERATORS_NEED_SECOND_FACTOR", default=True),
        public_hosts=tuple(environ.get("RECADO_PUBLIC_HOSTS", "").replace(",", " ").split()),
        smtp_url=parse_mail_server(environ.get("RECADO_SMTP_URL", "").strip()),
        mail_from=_mail_from(environ),
        mail_domain=mail_domain,
        mail_listen=parse_mail_listener(environ.get("RECADO_MAIL_LISTEN", "").strip(), mail_domain),
        mail_authenticator=environ.get("RECADO_MAIL_AUTHENTICATOR", "").strip(),
        media_url=parse_bucket(environ.get("RECADO_MEDIA_URL", "").strip()),
        media_host=_media_host(environ),
        clamav=parse_clamd(environ.get("RECADO_CLAMAV", "").strip()),
    )


def parse_database(url: str, data: Path) -> Database:
    """Turn a database address into a Database; empty means the SQLite file in the data folder."""
    if not url:
        return Database("sqlite", str(data / "recado.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return Database("sqlite", str(Path(unquote(parts.path)).resolve()))
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/") or not _has_usable_port(parts):
        raise ConfigError(
            f"RECADO_DATABASE_URL is {_masked(url)!r}; write sqlite:///path/to/file or postgresql://user:password@host:5432/database"
        )
    return Database(
        "postgresql",
        unquote(parts.path.lstrip("/")),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        unquote(parts.hostname or ""),
        parts.port,
    )


def parse_mail_server(url: str) -> MailServer | None:
    """Turn `smtp://user:password@host:port?tls=starttls` into a MailServer; empty means none."""
    if not url:
        return None
    parts = urlsplit(url)
    tls = parse_qs(parts.query).get("tls", ["starttls"])[-1]
    if parts.scheme != "smtp" or not parts.hostname or not _has_usable_port(parts) or tls not in MAIL_PORTS:
        raise ConfigError(
            f"RECADO_SMTP_URL is {_masked(url)!r}; write smtp://user:password@host:587, with ?tls=ssl or ?tls=none if it is not STARTTLS"
        )
    port = parts.port or MAIL_PORTS[tls]
    return MailServer(unquote(parts.hostname), port, tls, unquote(parts.username or ""), unquote(parts.password or ""))


def parse_mail_listener(url: str, domain: str) -> MailListener | None:
    """Turn `lmtp://127.0.0.1:8024` into a MailListener; empty means none."""
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"lmtp", "smtp"} or not parts.hostname or not _has_usable_port(parts) or not parts.port or parts.path:
        raise ConfigError(f"RECADO_MAIL_LISTEN is {url!r}; write lmtp://127.0.0.1:8024 or smtp://127.0.0.1:8025")
    if not domain:
        raise ConfigError("RECADO_MAIL_DOMAIN is empty; write the domain of the mails that come to RECADO_MAIL_LISTEN: reply.example.org")
    return MailListener(parts.scheme, parts.hostname, parts.port)


def parse_bucket(url: str) -> Bucket | None:
    """Turn `s3://key:secret@host:port/bucket?region=eu-central-1&tls=yes` into a Bucket; empty means none."""
    if not url:
        return None
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    name, tls = parts.path.strip("/"), query.get("tls", ["yes"])[-1]
    is_usable = parts.scheme == "s3" and parts.hostname and parts.username and parts.password and _has_usable_port(parts)
    if not is_usable or not name or "/" in name or tls not in {"yes", "no"}:
        raise ConfigError(
            f"RECADO_MEDIA_URL is {_masked(url)!r}; write s3://key:secret@host/bucket?region=eu-central-1, with &tls=no if it is not https;"
            " in key and secret, / is written %2F and + is %2B"
        )
    host = f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)
    region = query.get("region", ["us-east-1"])[-1]
    return Bucket(host, unquote(name), unquote(parts.username or ""), unquote(parts.password or ""), region, tls == "yes")


def parse_clamd(given: str) -> Clamd | None:
    """Turn `/run/clamav/clamd.ctl` or `127.0.0.1:3310` into where clamd listens; empty means none."""
    if not given:
        return None
    if given.startswith("/") and len(given.encode()) <= _LONGEST_SOCKET_PATH:
        return Clamd(path=given)
    found = _HOST_AND_PORT.fullmatch(given)
    if found is None or not 0 < int(found["port"]) <= _LARGEST_PORT:
        raise ConfigError(
            f"RECADO_CLAMAV is {given!r}; write where clamd listens: /run/clamav/clamd.ctl (a path of at most"
            f" {_LONGEST_SOCKET_PATH} bytes, from the root) or 127.0.0.1:3310"
        )
    return Clamd(host=found["host"].strip("[]"), port=int(found["port"]))


def _media_host(environ: Mapping[str, str]) -> str:
    given = environ.get("RECADO_MEDIA_HOST", "").strip().lower()
    if given and not _DOMAIN.fullmatch(given):
        raise ConfigError(f"RECADO_MEDIA_HOST is {given!r}; write a name such as media.example.org")
    return given


def _mail_domain(environ: Mapping[str, str]) -> str:
    given = environ.get("RECADO_MAIL_DOMAIN", "").strip().lower()
    if given and not _DOMAIN.fullmatch(given):
        raise ConfigError(f"RECADO_MAIL_DOMAIN is {given!r}; write a domain such as reply.example.org")
    return given


def _mail_from(environ: Mapping[str, str]) -> str:
    given = environ.get("RECADO_MAIL_FROM", "").strip()
    name, at, domain = parseaddr(given)[1].rpartition("@")
    if given and not (name and at and domain and given.isprintable()):
        raise ConfigError(f"RECADO_MAIL_FROM is {given!r}; write an address such as sms@example.org or Recado <sms@example.org>")
    return given


def _masked(url: str) -> str:
    """Hide the password: the sentence may end up in a log."""
    return re.sub(r"(:)[^:/@]*(@)", r"\1***\2", url)


def _has_usable_port(parts: SplitResult) -> bool:
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False


def _log_level(environ: Mapping[str, str]) -> str:
    given = environ.get("RECADO_LOG_LEVEL", "").strip().upper() or "INFO"
    if given not in LOG_LEVELS:
        raise ConfigError(f"RECADO_LOG_LEVEL is {given!r}; write one of {', '.join(LOG_LEVELS)}")
    return given


def _integer(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    given = environ.get(name, "").strip()
    if not given:
        return default
    if not given.isdecimal() or not low <= int(given) <= high:
        raise ConfigError(f"{name} is {given!r}; write a whole number from {low} to {high}")
    return int(given)


def _boolean(environ: Mapping[str, str], name: str, *, default: bool = False) -> bool:
    given = environ.get(name, "").strip().lower()
    if not given:
        return default
    if given in {"0", "no", "false", "off"}:
        return False
    if given in {"1", "yes", "true", "on"}:
        return True
    raise ConfigError(f"{name} is {given!r}; write yes or no")
