"""What the activity log keeps about code pools.

What belongs here: one as before and after of a change. What does not: writing the log (`apps.audit`), its words (`panel.audit_words`).
"""

from recado.apps.codes.models import CodePool


def pool_facts(pool: CodePool) -> dict[str, str]:
    """Return what can be changed of a pool."""
    return {"name": pool.name, "empty_text": pool.empty_text, "already_text": pool.already_text, "low_at": str(pool.low_at)}
