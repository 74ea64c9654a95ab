"""Adds to claimed forwards what their endpoints need to know, with one query for all endpoints and one for all messages of webhooks.

What belongs here: from rows to values. What does not: SQL (`store.endpoints`), building requests (`webhook`, `macros`).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from recado.core.request_headers import usable
from recado.delivery.endpoint import Body, Endpoint
from recado.delivery.jobs import ForwardJob
from recado.delivery.macros import Forwarded
from recado.protocols.webhooks import KeyKind, kind_of
from recado.store.dialect import Connection
from recado.store.endpoints import DetailRow, EndpointRow, load_details, load_endpoints


def with_endpoints(con: Connection, jobs: Sequence[ForwardJob], now: datetime) -> list[ForwardJob]:
    """Return the jobs, each with its endpoint; those of one destination share it."""
    rows = load_endpoints(con, [job.destination_id for job in jobs], now) if jobs else {}
    endpoints = {key: _endpoint(row) for key, row in rows.items()}
    told = [replace(job, endpoint=endpoints[job.destination_id]) if job.destination_id in endpoints else job for job in jobs]
    asked = [job.message.message_id for job in told if job.endpoint.is_webhook and isinstance(job.message, Forwarded)]
    details = load_details(con, asked) if asked else {}
    return [_detailed(job, details) if job.endpoint.is_webhook else job for job in told]


def _endpoint(row: EndpointRow) -> Endpoint:
    if row.kind != "webhook":
        return Endpoint(headers=usable(row.headers), takes_replies=row.takes_replies)
    body = Body(row.body)
    secrets = tuple(secret for secret in row.secrets if (kind_of(secret) is KeyKind.TWILIO) is (body is Body.TWILIO))
    return Endpoint(body, usable(row.headers), secrets, row.batch_limit, row.takes_replies)


def _detailed(job: ForwardJob, details: dict[int, DetailRow]) -> ForwardJob:
    message = job.message
    if not isinstance(message, Forwarded):
        return job
    key, known = message.message_id, details.get(message.message_id)
    if known is None:  # a message that nobody sent, for trying the destination out
        told = replace(message, event_id=f"test_{job.job_id}", account_id=job.account_id, is_test=True)
    else:
        told = replace(
            message,
            event_id=f"msg_{key}_{job.destination_id}",
            account_id=job.account_id,
            dialogue_id=job.dialogue_id,
            keyword=known.keyword,
            argument=known.argument,
            is_test=known.is_test,
        )
    return replace(job, message=told)
