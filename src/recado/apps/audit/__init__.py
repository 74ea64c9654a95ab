"""Audit: who changed what, when, before and after."""
