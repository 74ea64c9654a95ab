"""A real mail server on loopback with STARTTLS and login, that says what it is told to and remembers what it took."""

import asyncio
import ipaddress
import ssl
import warnings
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from recado.config import MailServer

USER, PASSWORD = "recado", "hush"


def certificate(folder):
    """Make a certificate for 127.0.0.1; return the contexts of server and client."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "mail.pem").write_bytes(pem + private)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "mail.pem")
    return server, ssl.create_default_context(cadata=pem.decode())


class Post:
    """What arrived, and what to say: an answer to RCPT and one to DATA."""

    def __init__(self):
        self.envelopes = []
        self.rcpt = self.data = ""
        self.open_now = self.most_open = 0
        self.hold = None

    @property
    def mails(self):
        return [message_from_bytes(envelope.content, policy=default) for envelope in self.envelopes]

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802  # aiosmtpd's interface
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  # the same
        self.open_now += 1
        self.most_open = max(self.most_open, self.open_now)
        try:
            if self.hold is not None:
                await self.hold.wait()
        finally:
            self.open_now -= 1
        if self.data:
            return self.data
        self.envelopes.append(envelope)
        return "250 2.0.0 queued as 42"


@asynccontextmanager
async def mail_server(context=None, *, tls: str = "starttls"):
    """Run one; yield its post and how to reach it."""
    post = Post()

    def login(_server, _session, _envelope, _mechanism, given):
        return AuthResult(success=(given.login, given.password) == (USER.encode(), PASSWORD.encode()), handled=False)

    def protocol():
        with warnings.catch_warnings():  # it warns of login without TLS, which a test asks for
            warnings.simplefilter("ignore")
            needs = {"auth_required": True, "authenticator": login} if tls != "none" else {}
            return SMTP(
                post, tls_context=context if tls == "starttls" else None, require_starttls=tls == "starttls",
                auth_require_tls=tls == "starttls", **needs,
            )  # fmt: skip

    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0, ssl=context if tls == "ssl" else None)
    try:
        yield post, MailServer("127.0.0.1", server.sockets[0].getsockname()[1], tls, *((USER, PASSWORD) if tls != "none" else ()))
    finally:
        server.close()
