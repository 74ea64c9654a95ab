"""One MM7 connection as a way out: an HTTP request for each MMS, a few of them at once.

What belongs here: how many at once, what it means that an answer came or did not, how the connection is. What does not: what a request
says and what an answer is (`mm7_submit`), what comes in by MM7 (`server.mm7`), later attempts (`delivery`).

An MMS is never handed over twice on a guess: only while a part of it had not been written is it certain that the carrier has none of it.
"""

import asyncio
import ssl
import time

import httpx2
import structlog

from recado.blobs.base import Blobs
from recado.core.mms import OutboundMms
from recado.core.submit import Opening, OutboundText, SegmentAccepted, SegmentRefused, SubmitOutcome
from recado.gateway.hold import Hold
from recado.gateway.link_ports import LinkPorts
from recado.gateway.link_status import LinkState, LinkStatus
from recado.gateway.link_trial import TrialStep
from recado.gateway.mm7_answers import judge
from recado.gateway.mm7_submit import Going, GoneError, SendSettings, making

log = structlog.get_logger(__name__)

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 60.0
"""From the last byte sent to the last byte of the answer; a message centre that stores first takes its time."""
LARGEST_ANSWER = 64 * 1024
NO_SMS = SegmentRefused("no_sms: this connection carries multimedia messages only", permanent=True)
NO_ADDRESS = SegmentRefused("link_down: the connection has no address to send to", permanent=False)
HELD = SegmentRefused("link_drained", permanent=False)
STOPPED = SegmentRefused("stopped", permanent=False)
UNANSWERED_WHEN_STOPPED = SegmentRefused("stopped", permanent=False, uncertain=True)
DRAINED = Opening(0, "link_drained")


class Mm7Connection:
    """A connection at work (`link_pool.OpenConnection`). Runs on the event loop."""

    def __init__(
        self,
        connection_id: int,
        name: str,
        settings: SendSettings,
        ports: LinkPorts,
        blobs: Blobs,
        *,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self._id, self._settings, self._ports, self._blobs = connection_id, settings, ports, blobs
        self._answer_seconds = answer_seconds
        self._status = LinkStatus(connection_id, name, "mm7", settings.window_size)
        self._places = asyncio.Semaphore(settings.window_size)
        self._hold = Hold()
        self._client: httpx2.AsyncClient | None = None

    def start(self) -> None:
        """Be ready; connections are made when there is something to send."""
        self._status.state, self._status.bound_since = LinkState.BOUND, self._ports.now()

    async def stop(self, *, timeout_seconds: float = 10.0) -> None:
        """Wait for the answers to what was sent, and close."""
        self._hold.begin()
        try:
            async with asyncio.timeout(timeout_seconds):
                await self._hold.until_quiet()
        except TimeoutError:
            log.warning("mm7_stopped_unanswered", connection_id=self._id, count=self._status.unanswered_submits)
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()
        self._status.state, self._status.bound_since = LinkState.STOPPED, None

    def hold(self) -> None:
        """Be drained without ever having been open, in place of `start`."""
        self._hold.begin()
        self._status.is_draining, self._status.state, self._status.bound_since = True, LinkState.DRAINED, None

    async def drain(self) -> None:
        """Take nothing new, wait for what is under way."""
        self._hold.begin()
        self._status.is_draining = True
        async with self._hold.changing:
            await self._hold.until_quiet()
            if self._hold.is_on:
                self._status.state, self._status.bound_since = LinkState.DRAINED, None

    async def resume(self) -> None:
        """Take MMS again."""
        self._hold.end()
        async with self._hold.changing:
            self._status.is_draining = False
            self.start()

    @property
    def statuses(self) -> list[LinkStatus]:
        """The one link there is."""
        return [self._status]

    def opening(self) -> Opening:
        """Say how many may be under way at once."""
        return DRAINED if self._hold.is_on else Opening(self._settings.window_size)

    async def submit(self, message: OutboundText) -> tuple[SubmitOutcome, ...]:
        """Send an MMS; what it means that no answer came is known only here."""
        if message.mms is None:
            return (NO_SMS,)
        if not self._settings.url:
            return (NO_ADDRESS,)
        if self._hold.is_on:
            return (HELD,)
        with self._hold:
            try:
                async with self._places:
                    return (await self._send(message, message.mms),)
            except asyncio.CancelledError:  # while it waited for its turn
                return (STOPPED,)

    async def trial(self) -> list[TrialStep]:
        """Ask whether somebody answers at the address; MM7 has no question that sends nothing."""
        if not self._settings.url:
            return []
        began, error = time.perf_counter(), ""
        try:
            async with self._new_client() as client:
                answer = await client.get(self._settings.url)
            if answer.status_code in {401, 403}:
                error = f"the carrier refuses user and password (HTTP {answer.status_code})"
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ssl.SSLError, ValueError) as failure:
            error = f"{type(failure).__name__}: {failure}"
        return [TrialStep("mm7", "connect", error, round((time.perf_counter() - began) * 1000))]

    async def _send(self, message: OutboundText, mms: OutboundMms) -> SubmitOutcome:
        try:
            going = await making(message, mms, self._settings, self._blobs)
        except GoneError as error:
            return SegmentRefused(f"no_file: {error}", permanent=True)
        self._status.unanswered_submits += 1
        try:
            outcome = await self._exchange(going, message.outbound_id)
        except asyncio.CancelledError:
            outcome = UNANSWERED_WHEN_STOPPED if going.is_written else STOPPED
        finally:
            self._status.unanswered_submits -= 1
        self._note(outcome)
        return outcome

    async def _exchange(self, going: Going, outbound_id: int) -> SubmitOutcome:
        if self._client is None:
            self._client = self._new_client()
        try:
            async with self._client.stream("POST", self._settings.url, headers=going.headers, content=going.chunks()) as answer:
                body = b""
                async for some in answer.aiter_bytes():
                    body += some
                    if len(body) > LARGEST_ANSWER:
                        break
                return judge(answer.status_code, body, outbound_id)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
            return SegmentRefused(f"link_down: {_words(error)}", permanent=False)
        except httpx2.TimeoutException:
            return SegmentRefused("timeout", permanent=False, uncertain=going.is_written)
        except GoneError as error:  # between looking and reading
            return SegmentRefused(f"no_file: {error}", permanent=True)
        except (httpx2.HTTPError, OSError) as error:
            return SegmentRefused(f"link_lost: {_words(error)}", permanent=False, uncertain=going.is_written)

    def _note(self, outcome: SubmitOutcome) -> None:
        """Show how the link is: HTTP has no session, so it is as its last answer was."""
        now = self._ports.now()
        if isinstance(outcome, SegmentAccepted):
            self._status.submitted_count += 1
        elif outcome.error.startswith(("link_", "timeout", "http_")):
            self._status.failed(outcome.error, now)
            self._ports.journal(self._id, "out", "submit_failed", outcome.error, b"")
            if not self._hold.is_on:
                self._status.state, self._status.bound_since = LinkState.WAITING, None
            return
        else:
            self._ports.journal(self._id, "out", "submit_refused", outcome.error, b"")
        if self._status.state is LinkState.WAITING:
            self.start()

    def _new_client(self) -> httpx2.AsyncClient:
        given = self._settings
        tls = ssl.create_default_context()
        if given.client_certificate:
            tls.load_cert_chain(given.client_certificate)
        return httpx2.AsyncClient(
            auth=httpx2.BasicAuth(given.user, given.password) if given.user else None,
            verify=tls,
            timeout=httpx2.Timeout(self._answer_seconds, connect=min(CONNECT_SECONDS, self._answer_seconds)),
            # Each has a connection of its own: one that the other side closes while a request goes out would make it perhaps sent.
            limits=httpx2.Limits(max_connections=given.window_size, max_keepalive_connections=0),
            trust_env=False,
            follow_redirects=False,
        )


def _words(error: BaseException) -> str:
    return " ".join(str(error).split())[:60] or type(error).__name__
