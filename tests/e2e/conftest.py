"""What the end-to-end tests share: the address of a database as an installation would write it."""

from urllib.parse import quote

import pytest

from recado.config import Database


@pytest.fixture
def database_url(database: Database) -> str:
    """The value of RECADO_DATABASE_URL for `database`."""
    if database.engine == "sqlite":
        return f"sqlite://{database.name}"
    return f"postgresql://{database.user}@{quote(database.host, safe='')}/{database.name}"
