"""`recado verify-draw FILE`: run a draw again from its protocol; needs no database and no network."""

import json
from pathlib import Path

import click

from recado.cli.errors import RefusedError
from recado.core.draw_protocol import faults, read, standing


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--list-hash", default="", help="The hash of the list, as it was published before the draw.")
@click.option("--seed-hash", default="", help="The hash of the seed, as it was published before the draw.")
def verify_draw(file: Path, list_hash: str, seed_hash: str) -> None:
    """Run a draw again from its protocol (JSON) and say whether the same comes out."""
    try:
        protocol = read(json.loads(file.read_text(encoding="utf-8")))
    except ValueError as error:
        raise RefusedError(f"{file} cannot be read: {error}") from error
    wrong = faults(protocol, list_hash.strip(), seed_hash.strip())
    if wrong:
        raise RefusedError("this draw does not hold:\n" + "\n".join(f"  {one}" for one in wrong))
    places = standing(protocol)
    drawn = len(list(filter(None, places.winners))) + len(places.reserves)
    click.echo(f"The draw holds: {len(protocol.entries)} entries, {drawn} drawn, {len(protocol.redraws)} repetitions.")
    if not list_hash or not seed_hash:
        click.echo("Compare these with what was published before the draw:")
        click.echo(f"  list  {protocol.list_sha256}\n  seed  {protocol.seed_sha256}")
