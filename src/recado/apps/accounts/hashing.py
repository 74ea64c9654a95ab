"""How passwords are hashed.

What belongs here: the cost. What does not: checking and limiting attempts (allauth for people, `api.compat.auth` for programs).
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class ThriftyArgon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane (OWASP's recommendation); hashes made with other costs remain valid.

    Django's own 100 MiB let strangers who guess take a gigabyte from the gateway in the same process.
    """

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1
