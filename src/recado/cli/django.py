"""Starts Django for the commands that ask or change the domain."""

import os

import django


def start() -> None:
    """Load settings and models; needed before any import of models. What is made from now on is its owner's alone: messages are private."""
    os.umask(0o077)
    django.setup()
