"""MM7: SOAP with attachments between a message centre and those who serve its subscribers (3GPP TS 23.140 §8.7).

What belongs here: MIME bodies, envelopes and SMIL in and out, all of it without I/O. What does not: HTTP, where octets are kept, and what
a connection is set to (`carriers.mm7`, `server.mm7`, `gateway.mm7_connection`).
"""
