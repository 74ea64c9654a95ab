"""The `recado` command: what an operator types.

What belongs here: arguments, progress, sentences, exit codes. What does not: logic; commands ask `apps`, `core`, `store` and `server`.
Exit codes: 0 done, 1 something is wrong with the installation, 2 the command or a setting cannot be used.
"""

import os
import sys

from recado.cli.errors import explain_error
from recado.cli.root import root


def main() -> None:
    """Run the command line and turn known errors into one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recado.server.settings")
    try:
        root(prog_name="recado")
    except Exception as error:
        sentence = explain_error(error)
        if sentence is None:
            raise
        print(f"recado: {sentence}", file=sys.stderr)  # noqa: T201  # the command's own output
        sys.exit(2)
