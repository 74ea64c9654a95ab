"""Masks for the log: whoever reads it sees which message and which account, not whose number and what was written.

A structlog processor, the functions it is made of, and `configure`, which the server calls once. What is logged belongs elsewhere.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any, TextIO, cast

import structlog

TEXT_KEYS = frozenset({"text", "body", "short_message", "argument", "reply", "octets", "raw"})
MSISDN_KEYS = frozenset({"msisdn", "sender", "recipient", "source_addr", "destination_addr", "phone"})
SECRET_KEYS = frozenset({"password", "token", "secret", "authorization"})
_NUMBER = re.compile(r"(?<![\w.-])(?<!\d:)\+?\d{9,15}(?![\w-]|[.:]\d)")
"""Not inside names, addresses and times; the full stop or colon of a sentence may follow."""
_ROW = re.compile(r"^DETAIL: .*?(?=^(?:HINT|CONTEXT): |^(?:The above|During handling) |\Z)", re.MULTILINE | re.DOTALL)
"""What PostgreSQL adds to an error: the whole row that broke a rule, texts and all."""
_KEPT_START, _KEPT_END, _SHORTEST = 4, 2, 9


def configure(level: str = "INFO", *, texts: bool = False) -> None:
    """Log to standard error, for people on a terminal and as JSON lines elsewhere; `texts` switches the masks off.

    What libraries log through the standard library takes the same form and the same masks.
    """
    threshold = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    first: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    last: list[Any] = [
        structlog.processors.format_exc_info,
        *([] if texts else [mask_event]),
        structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer(default=str),
    ]
    output = CarelessStream(sys.stderr)
    structlog.configure(
        processors=[*first, *last],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", output)),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(output)
    without_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=first, processors=[without_meta, *last]))
    logging.basicConfig(level=max(threshold, logging.WARNING), handlers=[handler], force=True)


class CarelessStream:
    """Writes where it can. A log on a full disk must not end the thread that wants to say that the disk is full."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, or drop the text."""
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Pass on what was written, if that is possible."""
        with suppress(OSError):
            self._stream.flush()


def mask_msisdn(msisdn: str) -> str:
    """Keep the first four and the last two digits; short codes and names are nobody's secret."""
    sign = "+" if msisdn.startswith("+") else ""
    digits = msisdn.removeprefix("+")
    if len(digits) < _SHORTEST or not digits.isdigit():
        return msisdn
    return f"{sign}{digits[:_KEPT_START]}{'*' * (len(digits) - _KEPT_START - _KEPT_END)}{digits[-_KEPT_END:]}"


def mask_text(text: str | bytes) -> str:
    """Say only how long a text is."""
    return f"<{len(text)} {'octets' if isinstance(text, bytes) else 'characters'}>"


def mask_numbers_within(sentence: str) -> str:
    """Mask every phone number inside a sentence, such as an error of a library."""
    return _NUMBER.sub(lambda found: mask_msisdn(found.group()), sentence)


def mask_rows_within(sentence: str) -> str:
    """Leave out the rows a database quotes in its errors."""
    return _ROW.sub("DETAIL: (left out)\n", sentence).rstrip("\n") if "DETAIL: " in sentence else sentence


def mask_event(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Mask texts, numbers and secrets of a log event (a structlog processor; put it after those that render exceptions)."""
    for key, value in event.items():
        event[key] = _mask(key, value)
    return event


def _mask(key: str, value: Any) -> Any:  # noqa: PLR0911  # a list of cases
    if key in SECRET_KEYS and value:
        return "********"
    if isinstance(value, bytes) or (key in TEXT_KEYS and isinstance(value, str)):
        return mask_text(value)
    if key in MSISDN_KEYS:
        return mask_msisdn(str(value))
    if isinstance(value, str) and not key.endswith("_id") and key != "timestamp":
        return mask_numbers_within(mask_rows_within(value))
    if isinstance(value, dict):
        return {inner: _mask(str(inner), item) for inner, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_mask(key, item) for item in value]
    return value
