"""Lets `python -m recado.cli` do what `recado` does."""

from recado.cli import main

main()
