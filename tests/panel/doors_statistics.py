"""Access to the statistics."""

from panel.doors import Door
from recado.apps.accounts.models import Role

DAYS = {"from": "2026-11-01", "to": "2026-11-27"}
"""What `hostile` fills an account with came on one of them."""

DOORS = {
    "statistics": Door(refuses=Role.BILLING, data=DAYS),
    "statistics-keywords": Door(refuses=Role.BILLING, data=DAYS),
    "statistics-people": Door(refuses=Role.BILLING, data=DAYS),
    "statistics-sending": Door(refuses=Role.BILLING, data=DAYS),
    "statistics-export": Door(refuses=Role.BILLING, data=DAYS | {"table": "keywords"}),
}
