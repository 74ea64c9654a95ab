"""Recado receives, routes and answers SMS and MMS for many businesses on one installation."""

__version__ = "2026.11.0"
