"""The reference names every dialect and status as the code has it."""

from pathlib import Path

from recado.protocols.mm7.dialect import DIALECTS
from recado.protocols.mm7.status import StatusCode

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "mm7.md").read_text()


def test_the_reference_names_every_dialect() -> None:
    for dialect in DIALECTS.values():
        release = dialect.spoken.namespace.rsplit("/", 1)[-1]
        where = "nested" if dialect.is_nested else "beside the envelope"
        start = f"| `{dialect.name}` | {release} | {dialect.spoken.version} |"
        row = f"{start} `+48…{dialect.number_suffix}` | {where}, {dialect.transfer_encoding} |"
        assert row in PAGE


def test_the_reference_names_every_status() -> None:
    for code in StatusCode:
        assert f"| {int(code)} | {code.text} |" in PAGE
