"""Files an account keeps to send: pictures, sounds, films.

What belongs here: their rows, what is known of contents, fetching them from the web by way of a port. What does not: MMS themselves, which
requests bring files in (`recado.api`), who fetches (`recado.server`).
"""
