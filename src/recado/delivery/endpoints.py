"""Adds to claimed forwards what their endpoints need to know, with one query for all endpoints and one for all messages of webhooks.

What belongs here: from rows to values. What does not: SQL (`store.endpoints`), building requests (`webhook`, `macros`).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from recado.core.request_headers import usable
from recado.delivery.endpoint import Body, Endpoint
from recado.delivery.jobs import ForwardJob
from recado.delivery.macros import Forwarded, Told
from recado.protocols.webhooks import KeyKind, kind_of
from recado.store.dialect import Connection
from recado.store.endpoints import DetailRow, EndpointRow, load_details, load_endpoints


def with_endpoints(con: Connection, jobs: Sequence[ForwardJob], now: datetime) -> list[ForwardJob]:
    """Return the jobs, each with its endpoint; those of one destination share it."""
    rows = load_endpoints(con, [job.destination_id for job in jobs], now) if jobs else {}
    endpoints = {key: _endpoint(row) for key, row in rows.items()}
    webhooks = {key for key, endpoint in endpoints.items() if endpoint.is_webhook}
    asked = [job.message.message_id for job in jobs if job.destination_id in webhooks and isinstance(job.message, Forwarded)]
    details = load_details(con, asked) if asked else {}
    return [_with(job, endpoints[job.destination_id], details) if job.destination_id in endpoints else job for job in jobs]


def _with(job: ForwardJob, endpoint: Endpoint, details: dict[int, DetailRow]) -> ForwardJob:
    message = _detailed(job, details) if endpoint.is_webhook else job.message
    return replace(job, endpoint=endpoint, message=message)


def _endpoint(row: EndpointRow) -> Endpoint:
    if row.kind != "webhook":
        return Endpoint(headers=usable(row.headers), takes_replies=row.takes_replies)
    body = Body(row.body)
    secrets = tuple(secret for secret in row.secrets if (kind_of(secret) is KeyKind.TWILIO) is (body is Body.TWILIO))
    return Endpoint(body, usable(row.headers), secrets, row.batch_limit, row.takes_replies)


def _detailed(job: ForwardJob, details: dict[int, DetailRow]) -> Told:
    message = job.message
    if not isinstance(message, Forwarded):
        return message
    known = details.get(message.message_id)
    if known is None:  # a message that nobody sent, for trying the destination out
        return replace(message, event_id=f"test_{job.job_id}", account_id=job.account_id, is_test=True)
    return replace(
        message,
        event_id=f"msg_{message.message_id}_{job.destination_id}",
        account_id=job.account_id,
        dialogue_id=job.dialogue_id,
        keyword=known.keyword,
        argument=known.argument,
        is_test=known.is_test,
    )
