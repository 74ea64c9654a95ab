"""Signing in, and what people do to keep their login safe.

What belongs here: what django-allauth asks of a project (adapters, forms, the order of its addresses), `/settings/security/`, taking an
invitation, mails about logins and invitations. What does not: who may see which page (`panel.access`), inviting (the pages of the team).
"""
