"""The outbound HTTP client against real servers on loopback, well behaved and not."""

import asyncio
import contextlib
import ssl
import subprocess
from collections.abc import Sequence

import pytest

from recado.delivery.errors import DeliveryError
from recado.delivery.http_client import HttpClient

pytestmark = pytest.mark.anyio


def resolver(*answers: Sequence[str]):
    """Give one answer per question, the last one for ever."""
    asked = []

    async def resolve(host: str, port: int) -> Sequence[str]:
        asked.append((host, port))
        return answers[min(len(asked), len(answers)) - 1]

    resolve.asked = asked
    return resolve


async def failure(url: str, **settings) -> DeliveryError:
    async with HttpClient(**{"allow_private": True, "total_seconds": 5, **settings}) as client:
        with pytest.raises(DeliveryError) as raised:
            await client.send("GET", url)
    return raised.value


async def test_an_answer_comes_back_with_status_headers_and_body(receiving, response):
    async with receiving(response(200, b"OK", "X-Some: Thing")) as receiver, HttpClient(allow_private=True) as client:
        answer = await client.send("POST", receiver.url + "?a=1", headers={"X-Ours": "yes"}, body=b"numer=1")
    assert (answer.status, answer.body, answer.is_cut, answer.headers["x-some"]) == (200, b"OK", False, "Thing")
    assert receiver.heads[0].startswith("POST /in?a=1 HTTP/1.1\r\n")
    assert "x-ours: yes" in receiver.heads[0].lower()
    assert receiver.bodies == [b"numer=1"]


async def test_the_name_is_resolved_once_and_sent_as_host(receiving):
    resolve = resolver(["127.0.0.1"])
    async with receiving() as receiver, HttpClient(allow_private=True, resolver=resolve) as client:
        await client.send("GET", f"http://shop.example:{receiver.port}/x")
    assert resolve.asked == [("shop.example", receiver.port)]
    assert f"host: shop.example:{receiver.port}\r\n" in receiver.heads[0].lower()


async def test_a_name_that_turns_private_after_the_check_is_not_followed_there(receiving):
    """DNS rebinding: had the client asked a second time to connect, it would have reached the loopback receiver."""
    resolve = resolver(["198.51.100.7"], ["127.0.0.1"])
    async with receiving() as receiver:
        error = await failure(f"http://rebind.example:{receiver.port}/", resolver=resolve, allow_private=False)
        second = await failure(f"http://rebind.example:{receiver.port}/", resolver=resolve, allow_private=False)
    assert error.permanent
    assert second.permanent
    assert "loopback" in second.reason
    assert receiver.heads == []


async def test_the_address_checked_is_the_address_connected_to(receiving, monkeypatch):
    monkeypatch.setattr("recado.delivery.http_client.refusal", lambda address, **_: None if address == "127.0.0.1" else "elsewhere")
    resolve = resolver(["127.0.0.1"], ["127.0.0.2"])
    async with receiving() as receiver, HttpClient(resolver=resolve) as client:
        await client.send("GET", f"http://rebind.example:{receiver.port}/")
    assert len(resolve.asked) == 1
    assert len(receiver.heads) == 1


async def test_one_forbidden_address_among_good_ones_refuses_the_name():
    error = await failure("http://mixed.example/", resolver=resolver(["8.8.8.8", "10.0.0.1"]), allow_private=False)
    assert error.permanent
    assert "a private address (10.0.0.1)" in error.reason


async def test_the_next_address_is_tried_when_one_takes_no_connection(receiving):
    async with receiving() as receiver:
        client = HttpClient(allow_private=True, resolver=resolver(["127.0.0.2", "127.0.0.1"]), total_seconds=5)
        async with client:
            assert (await client.send("GET", f"http://two.example:{receiver.port}/")).body == b"OK"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://017700000001/",
        "http://0x7f000001/",
        "http://127.1/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.0.1/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://[::]/",
        "http://[fc00::1]/",
        "http://[fe80::1]/",
        "http://[::ffff:7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[64:ff9b::127.0.0.1]/",
        "http://0/",
        "http://169.254.169.254/latest/meta-data/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "javascript:alert(1)",
        "data:text/plain,OK",
        "ldap://example.com/",
        "//example.com/",
        "example.com/",
        "http:///path",
        "http://user:secret@example.com/",
        "http://example.com:0/",
        "http://example.com:99999/",
        "http://exa\x00mple.com/",
        "http://example.com:22/",
        "http://example.com:25/",
        "https://example.com:6379/",
        "http://example.com/\r\nX-Own: 1",
        "http://example.com\r\n/",
        "http://" + "a" * 300 + ".com/",
        "",
    ],
)
async def test_addresses_that_lead_inside_or_nowhere_are_refused_for_good(url):
    error = await failure(url, allow_private=False)
    assert error.permanent, error.reason
    assert "secret" not in error.reason


async def test_a_redirect_is_not_followed(receiving, response):
    async with (
        receiving() as target,
        receiving(response(302, b"", f"Location: {target.url}")) as receiver,
        HttpClient(allow_private=True) as client,
    ):
        answer = await client.send("GET", receiver.url)
    assert answer.status == 302
    assert target.heads == []


@pytest.mark.parametrize("headers", [{"x-own": "a\r\nx-evil: b"}, {"x-own\nx-evil": "a"}, {"x-own": "a\n b"}, {"x-own": "a\0"}])
async def test_no_header_can_smuggle_in_another(receiving, headers):
    async with receiving() as receiver, HttpClient(allow_private=True) as client:
        with pytest.raises(DeliveryError) as raised:
            await client.send("GET", receiver.url, headers=headers)
    assert raised.value.permanent
    assert receiver.heads == []


async def test_a_kept_connection_serves_its_name_alone_and_its_address_is_checked_again():
    async def serve(reader, writer):
        connections.append(writer)
        with contextlib.suppress(asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                hosts.append(head.decode().lower().split("host: ")[1].split(":")[0])
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK")
        writer.close()

    connections, hosts = [], []
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    moving = resolver(["127.0.0.1"], ["127.0.0.1"], ["127.0.0.1"], ["169.254.169.254"])
    async with HttpClient(allow_private=True, resolver=moving) as client:
        for name in ("one", "one", "two"):
            assert (await client.send("GET", f"http://{name}.example:{port}/")).body == b"OK"
        with pytest.raises(DeliveryError, match="link-local"):
            await client.send("GET", f"http://one.example:{port}/")
    server.close()
    for writer in connections:
        writer.close()
        await writer.wait_closed()
    assert (hosts, len(connections)) == (["one.example", "one.example", "two.example"], 2)


async def test_a_kept_connection_that_the_other_side_closed_is_no_failure(receiving):
    async with (
        receiving() as receiver,
        HttpClient(allow_private=True, total_seconds=5) as client,
    ):  # it closes after each answer, unannounced
        for _ in range(5):
            assert (await client.send("GET", receiver.url)).status == 200
    assert len(receiver.heads) == 5


async def test_nothing_is_kept_between_requests_to_one_address(receiving, response):
    async with receiving(response(200, b"OK", "Set-Cookie: a=b")) as receiver, HttpClient(allow_private=True) as client:
        await client.send("GET", receiver.url)
        await client.send("GET", receiver.url)
    assert len(receiver.heads) == 2
    assert "cookie" not in receiver.heads[1].lower()


async def test_a_proxy_of_the_environment_is_not_used(receiving, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    async with receiving() as receiver, HttpClient(allow_private=True) as client:
        assert (await client.send("GET", receiver.url)).body == b"OK"


async def test_a_silent_server_fails_when_the_time_is_over(receiving):
    async def silent(reader, writer):
        await reader.read()

    async with receiving(silent) as receiver:
        error = await failure(receiver.url, total_seconds=0.2)
    assert not error.permanent
    assert error.slows
    assert error.reason == "no complete answer within 0.2 seconds"


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "])
async def test_a_server_that_drips_for_ever_fails_when_the_time_is_over(receiving, head):
    async def drip(reader, writer):
        writer.write(head)
        while not reader.at_eof():
            writer.write(b"O")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with receiving(drip) as receiver:
        error = await failure(receiver.url, total_seconds=0.3)
    assert "within" in error.reason


async def test_an_endless_body_is_cut_at_the_limit(receiving):
    async def endless(reader, writer):
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()

    async with receiving(endless) as receiver, HttpClient(allow_private=True) as client:
        answer = await client.send("GET", receiver.url)
    assert answer.is_cut
    assert len(answer.body) == 1024 * 1024


async def test_a_body_of_just_the_limit_is_whole(receiving, response):
    async with receiving(response(200, b"x" * 100)) as receiver, HttpClient(allow_private=True, body_limit=100) as client:
        answer = await client.send("GET", receiver.url)
    assert not answer.is_cut


async def test_a_packed_bomb_is_not_unpacked(receiving, response):
    async with receiving(response(200, b"OK", "Content-Encoding: gzip")) as receiver, HttpClient(allow_private=True) as client:
        answer = await client.send("GET", receiver.url)
    assert answer.body == b"OK"
    assert "accept-encoding: identity" in receiver.heads[0].lower()


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\x00\xff\x00\xff\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/1.1 2OO OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nOK",
    ],
)
async def test_garbage_and_broken_connections_may_be_tried_again(receiving, garbage):
    async with receiving(garbage) as receiver:
        error = await failure(receiver.url)
    assert not error.permanent
    assert "the connection broke" in error.reason


async def test_endless_headers_end_the_attempt(receiving):
    async def endless(reader, writer):
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"X-More: " + b"y" * 65536 + b"\r\n")
            await writer.drain()

    async with receiving(endless) as receiver:
        error = await failure(receiver.url)
    assert not error.permanent


async def test_a_refused_connection_may_be_tried_again(receiving):
    async with receiving() as receiver:
        url = receiver.url
    error = await failure(url)
    assert not error.permanent
    assert error.reason.startswith("no connection")


async def test_a_name_that_does_not_resolve_may_be_tried_again():
    async def nothing(host, port):
        raise OSError("Name or service not known")

    error = await failure("http://nowhere.example/", resolver=nothing)
    assert not error.permanent
    assert error.reason == "the name nowhere.example cannot be resolved: Name or service not known"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    names = "subjectAltName=DNS:shop.example"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    subject = ["-subj", "/CN=shop.example", "-addext", names, "-keyout", folder / "key.pem", "-out", folder / "cert.pem"]
    subprocess.run([*command, *subject], check=True, capture_output=True)
    return folder


async def test_over_tls_the_certificate_must_be_for_the_name_not_for_the_address(receiving, certificate):
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    trusting = ssl.create_default_context(cafile=certificate / "cert.pem")
    settings = {"allow_private": True, "resolver": resolver(["127.0.0.1"]), "tls": trusting, "total_seconds": 5}
    async with receiving(ssl=server) as receiver, HttpClient(**settings) as client:
        assert (await client.send("GET", f"https://shop.example:{receiver.port}/")).body == b"OK"
        wrong = await failure(f"https://other.example:{receiver.port}/", **settings)
        unknown = await failure(f"https://shop.example:{receiver.port}/", resolver=resolver(["127.0.0.1"]))
    assert wrong.reason.startswith("no secure connection")
    assert unknown.reason.startswith("no secure connection")
    assert len(receiver.heads) == 1
