"""The tables of docs/specs/smpp.md say what state.py says."""

import re
from pathlib import Path

from recado.protocols.smpp.state import REQUESTS, TRANSITIONS, Role, State

PAGE = (Path(__file__).parents[3] / "docs" / "specs" / "smpp.md").read_text()


def rows(heading):
    """Give the cells of each row of the table with this heading."""
    table = PAGE[PAGE.index(heading) :].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def commands(cell):
    return re.findall(r"`(\w+)`", cell)


def test_the_table_of_requests_is_the_one_in_the_source():
    documented = {
        (role, State(state)): commands(cell)
        for state, *cells in rows("| state | ESME may send | SMSC may send |")
        for role, cell in zip((Role.ESME, Role.SMSC), cells, strict=True)
    }
    assert documented == {key: sorted(command.name.lower() for command in allowed) for key, allowed in REQUESTS.items()}


def test_the_table_of_transitions_is_the_one_in_the_source():
    documented = {(State(before), *commands(response)): State(after) for before, response, after in rows("| from | response | to |")}
    assert documented == {(state, response.name.lower()): after for (state, response), after in TRANSITIONS.items()}
