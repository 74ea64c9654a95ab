"""Received messages and the parts they came in."""
