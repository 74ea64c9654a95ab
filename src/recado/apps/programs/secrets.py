"""What of a call may be kept, and what of it is shown to whom: secrets are taken out before it is written, texts and phones masked.

What belongs here: pure functions over the text of requests and answers, which may be cut anywhere and need not be well-formed. What does
not: keeping (`calls`), who may read (`panel.access`).
"""

import re

HIDDEN = "***"
_NAME = r"[\w\[\]]{0,40}(?:password|haslo|passwd|token|secret|authorization|api_?key)[\w\[\]]{0,40}"
_SECRETS = (
    re.compile(rf'("{_NAME}"\s*:\s*)(?:"(?:[^"\\]|\\.)*(?:"|$)|[^\s",}}\]\[{{]+)', re.IGNORECASE | re.DOTALL),
    re.compile(rf"((?:^|[&?\s])(?:{_NAME})=)[^&\s]*", re.IGNORECASE),
    re.compile(rf"(<({_NAME})>)[^<]*", re.IGNORECASE),
    re.compile(rf'(\s(?:{_NAME})=")[^"]*', re.IGNORECASE),
)
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)(?:"|$)(\s*:)?', re.DOTALL)
_NUMBER = re.compile(r"(?<![\w.])\+?\d{9,15}(?!\w)")
_FIELD = re.compile(r"(^|[&?])([^=&\s]*)=([^&\s]*)")
_ELEMENT = re.compile(r"<([\w:.-]+)((?:\s[^<>]*)?)>([^<]*)")
_ATTRIBUTE = re.compile(r'([\w:.-]+)="([^"]*)"')
HARMLESS = frozenset(
    (  # noqa: SIM905  # readable
        "type status state code order sort page limit read details test utf flash speed system success queued unsent parts count id "
        "date date_from date_to begin end show_contact error_code error_message unique_id unique message_id title detail field kind "
        "next cursor created_at updated_at at since until scheduled_at received_at sent_at recived received delivered sent sender "
        "akcja typ odczyt data data_od data_do smsid stan chars_limit value method reason agreement url dlr_url"
    ).split()
)
"""Values that say nothing about a person; everything else that is text is masked."""


def without_secrets(text: str) -> str:
    """Take out passwords and tokens, wherever they stand: JSON, forms, XML."""
    text = _SECRETS[0].sub(rf'\g<1>"{HIDDEN}"', text)
    for pattern in _SECRETS[1:]:
        text = pattern.sub(rf"\g<1>{HIDDEN}", text)
    return text


def masked(text: str) -> str:
    """Show a request or an answer to somebody who may not read messages: its form stays, texts and phones go."""
    head, blank, body = text.partition("\n\n")
    if not blank:
        return _masked_body(text)
    return _FIELD.sub(_masked_field, head) + blank + _masked_body(body)


def _masked_body(body: str) -> str:
    begin = body.lstrip()[:1]
    if begin in {"{", "["}:
        return _masked_json(body)
    if begin == "<":
        return _ELEMENT.sub(_masked_element, body)
    return _FIELD.sub(_masked_field, body) if "=" in body else _masked_value(body)


def _masked_json(body: str) -> str:
    key, pieces, end = "", [], 0
    for found in _STRING.finditer(body):
        pieces.append(_NUMBER.sub(_masked_number, body[end : found.start()]))
        end = found.end()
        if found[2]:
            key = found[1]
            pieces.append(found[0])
        else:
            pieces.append(found[0] if key in HARMLESS else f'"{_masked_value(found[1])}"')
    return "".join([*pieces, _NUMBER.sub(_masked_number, body[end:])])


def _masked_field(found: re.Match[str]) -> str:
    name, value = found[2].partition("[")[0], found[3]
    return f"{found[1]}{found[2]}={value if name in HARMLESS else _masked_value(value)}"


def _masked_element(found: re.Match[str]) -> str:
    attributes = _ATTRIBUTE.sub(lambda one: one[0] if one[1] in HARMLESS else f'{one[1]}="{_masked_value(one[2])}"', found[2])
    value = found[3] if found[1] in HARMLESS or not found[3].strip() else _masked_value(found[3])
    return f"<{found[1]}{attributes}>{value}"


def _masked_value(value: str) -> str:
    """Keep the end of a phone, of anything else its length."""
    digits = re.sub(r"[\s()+-]|%2[bB]", "", value)
    if _NUMBER.fullmatch(digits):
        return f"…{digits[-3:]}"
    return value if value in {"", HIDDEN} or value.casefold() in {"true", "false", "null"} else f"… ({len(value)})"


def _masked_number(found: re.Match[str]) -> str:
    return f"…{found[0][-3:]}"
