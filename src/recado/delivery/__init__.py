"""Works off what the outside world is owed: forwards to URLs and outgoing texts, with retries and a log of every attempt.

What belongs here: claiming jobs, the only outbound HTTP client, what an answer means for a job. What does not: deciding whether
something is forwarded or answered (`core.decide`), SQL (`store.outbox`), carrier links (`gateway`), Django.
"""
