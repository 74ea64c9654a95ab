"""Notifications: what the bell tells a person of the account."""
