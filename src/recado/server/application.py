"""The one ASGI application: live events, health, metrics and carriers' HTTP on the event loop, everything else through Django under WSGI.

What belongs here: which address goes where. What does not: anything that happens behind an address. See docs/adr/0005.
"""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from recado.apps.media.clamd import Scanner
from recado.apps.media.scanning import Scanning
from recado.blobs.choosing import blobs_of
from recado.server import board_events, demo_receiver, events, program_events
from recado.server.bodies import BufferedBodies
from recado.server.call_log import CallWriting
from recado.server.contents import Contents
from recado.server.inside import is_inside
from recado.server.mails_in import MailsIn
from recado.server.mm7.way_in import WayIn
from recado.server.mm7.wiring import ports_of
from recado.server.mms_in.over_http import OverHttp
from recado.server.mms_in.over_mail import OverMail
from recado.server.news import News
from recado.server.notice_mails import NoticeMails
from recado.server.preparing import Preparing
from recado.server.runtime import Runtime
from recado.server.scans import Scans
from recado.server.upkeep import Upkeep

DJANGO_THREADS = 8


def build(runtime: Runtime, *, with_demo_receiver: bool, mail_socket: socket.socket | None = None) -> Starlette:
    """Put the application together around a runtime that is started and drained with it; mails are taken at `mail_socket`."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        mails_in = MailsIn(runtime.config)
        await mails_in.start(mail_socket)  # first: where its port is taken, nothing has begun
        await runtime.start()
        blobs = blobs_of(runtime.config)
        ports = ports_of(runtime.gateway)
        mm7 = WayIn(runtime.connections, ports, blobs)
        mails_in.open_for_mms(OverMail(runtime.connections, ports, blobs))
        app.router.routes[:0] = [
            *events.routes(runtime.live),
            *program_events.routes(runtime.live),
            *board_events.routes(runtime.live),
            *OverHttp(runtime.connections, runtime.gateway.receive, blobs).routes(),
            *mm7.routes(),
        ]
        mails, news, upkeep, call_log = NoticeMails(runtime.config.address), News(), Upkeep(), CallWriting()
        mails.start()
        runtime.live.listen(news.hear)
        news.start()
        upkeep.start()
        call_log.start()
        contents = Contents()
        contents.start()
        clamav = runtime.config.clamav
        scans = Scans(Scanning(blobs, Scanner(clamav))) if clamav else None
        if scans:
            scans.start()
        preparing = Preparing(runtime.submit)
        preparing.start()
        try:
            yield
        finally:
            await mails_in.stop()
            await asyncio.to_thread(preparing.stop)
            if scans:
                await asyncio.to_thread(scans.stop)
            await asyncio.to_thread(contents.stop)
            await asyncio.to_thread(upkeep.stop)
            await asyncio.to_thread(call_log.stop)
            await asyncio.to_thread(news.stop)
            await asyncio.to_thread(mails.stop)
            await runtime.stop()
            mm7.close()

    async def healthz(request: Request) -> Response:
        health = runtime.health()
        shown = health if is_inside(request) else {"ok": health["ok"]}
        return JSONResponse(shown, status_code=200 if health["ok"] else 503)

    async def metrics(request: Request) -> Response:
        if not is_inside(request):
            return Response("Metrics are shown inside the operator's network alone.", status_code=403)
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    routes: list[Route | Mount] = [
        Route("/healthz", healthz),
        Route("/metrics", metrics),
        *(demo_receiver.routes() if with_demo_receiver else []),
        Mount("", app=BufferedBodies(cast("Any", WSGIMiddleware(cast("Any", get_wsgi_application()), workers=DJANGO_THREADS)))),
    ]
    return Starlette(routes=routes, lifespan=lifespan)
