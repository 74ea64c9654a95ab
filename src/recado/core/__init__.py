"""Pure domain: messages, matching, decisions, state machines.

What belongs here: values and functions of values that say what must happen because of a message.
What does not: I/O, the clock, chance, Django, wire formats, SQL. Whoever calls tells the time.
"""
