"""What programs did: the log of API calls, and answers remembered under idempotency keys.

What belongs here: rows that both APIs write about calls, reading them, forgetting them. What does not: programs' logins and what they may
do (`apps.accounts`), the APIs themselves (`recado.api`).
"""
