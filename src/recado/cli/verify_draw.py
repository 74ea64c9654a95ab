"""`recado verify-draw FILE`: run a draw, or all instant wins, again from the protocol; needs no database and no network."""

import json
from pathlib import Path

import click

from recado.cli.errors import RefusedError
from recado.core import draw_protocol, instant_protocol


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--list-hash", default="", help="The hash of the list, as it was published before the draw.")
@click.option("--seed-hash", default="", help="The hash of the seed, as it was published before the draw or the contest.")
def verify_draw(file: Path, list_hash: str, seed_hash: str) -> None:
    """Run a draw, or instant wins, again from the protocol (JSON) and say whether the same comes out."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        if instant_protocol.is_instant(found):
            _verify_instant(instant_protocol.read(found), seed_hash.strip())
        else:
            _verify_list(draw_protocol.read(found), list_hash.strip(), seed_hash.strip())
    except ValueError as error:
        raise RefusedError(f"{file} cannot be read: {error}") from error


def _verify_list(protocol: draw_protocol.Protocol, list_hash: str, seed_hash: str) -> None:
    _refuse("this draw does not hold", draw_protocol.faults(protocol, list_hash, seed_hash))
    places = draw_protocol.standing(protocol)
    drawn = len(list(filter(None, places.winners))) + len(places.reserves)
    click.echo(f"The draw holds: {len(protocol.entries)} entries, {drawn} drawn, {len(protocol.redraws)} repetitions.")
    if not list_hash or not seed_hash:
        click.echo("Compare these with what was published before the draw:")
        click.echo(f"  list  {protocol.list_sha256}\n  seed  {protocol.seed_sha256}")


def _verify_instant(protocol: instant_protocol.InstantProtocol, seed_hash: str) -> None:
    _refuse("these instant wins do not hold", instant_protocol.faults(protocol, seed_hash))
    click.echo(f"The instant wins hold: {len(protocol.entries)} entries, {sum(one.won for one in protocol.entries)} won.")
    if not seed_hash:
        click.echo(f"Compare this with what was published since the contest began:\n  seed  {protocol.seed_sha256}")


def _refuse(said: str, wrong: list[str]) -> None:
    if wrong:
        raise RefusedError(f"{said}:\n" + "\n".join(f"  {one}" for one in wrong))
