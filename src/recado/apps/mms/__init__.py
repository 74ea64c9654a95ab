"""Multimedia messages (MMS), received and sent: their subjects, parts and slides.

What belongs here: rows beside `inbox.Message` and `outbox.OutboundMessage`, which an MMS is first of all. What does not: contents and what
is known of them (`media`), the way to and from carriers.
"""
