"""MM7 as message centres speak it to us: messages of phones, reports about ours, what their readers did.

What belongs here: HTTP, from a body in pieces to an answer. What does not: what is in a body (`protocols.mm7`), what a message is made of
(`carriers.mm7`), sending (`gateway.mm7_connection`), what becomes of a message (the gateway).
"""
