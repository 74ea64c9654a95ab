"""Turns errors an operator can do something about into one sentence that says what to do."""

import errno
from typing import IO, Any

import click

from recado.config import ConfigError


class RefusedError(click.ClickException):
    """What was asked cannot be done; the message is one sentence that says why and what to do."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Say it as every other error of the command is said."""
        click.echo(f"recado: {self.format_message()}", file=file, err=file is None)


def explain_error(error: BaseException) -> str | None:
    """Return a sentence for a known error, None for one that is a fault of ours."""
    if isinstance(error, ConfigError):
        return str(error)
    if isinstance(error, OSError):
        return _os_error(error)
    text = str(error).strip().splitlines()[0] if str(error).strip() else ""
    match type(error).__name__:
        case "OperationalError" if "no such table" in text or "does not exist" in text:
            return "the database has no tables yet; run: recado migrate"
        case "ProgrammingError" if "does not exist" in text:
            return "the database has no tables yet; run: recado migrate"
        case "OperationalError":
            return f"the database cannot be used ({text}); check RECADO_DATABASE_URL and that its server runs, then: recado doctor"
        case _:
            return None


def _os_error(error: OSError) -> str | None:
    match error.errno:
        case errno.EADDRINUSE:
            return "the port is taken by another program; set RECADO_PORT to a free one"
        case errno.ENOTDIR | errno.EEXIST:
            return f"{error.filename or 'the data folder'} is no folder and cannot become one; set RECADO_DATA to a folder"
        case errno.EACCES | errno.EROFS | errno.EPERM:
            return f"{error.filename or 'the data folder'} cannot be written ({error.strerror}); set RECADO_DATA to a folder that can"
        case errno.ENOSPC:
            return "the disk is full; free some space, nothing that was acknowledged is lost"
        case _:
            return None
