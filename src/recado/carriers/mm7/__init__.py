"""Message centres that speak MM7: settings of a connection, multimedia messages out of parts.

Here belong what a connection is told and what a message is made of. Not here: bodies and envelopes (protocols.mm7), HTTP (server, gateway).
"""
