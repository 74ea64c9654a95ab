"""The shell that receives: links to carriers, the queue, the writer thread, acknowledgements, live events.

What belongs here: sockets, threads, time, and driving the pure parts. What does not: Django, business rules, SQL.
"""
