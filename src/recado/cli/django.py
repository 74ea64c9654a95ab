"""Starts Django for the commands that ask or change the domain."""

import django


def start() -> None:
    """Load settings and models; needed before any import of models."""
    django.setup()
