"""What the activity log keeps about boards.

What belongs here: one as before and after of a change. What does not: writing the log (`apps.audit`), its words (`panel.audit_words`).
"""

from recado.apps.boards.models import Board


def board_facts(board: Board) -> dict[str, str]:
    """Return what can be changed of a board."""
    return {
        "name": board.name,
        "title": board.title,
        "call": board.call,
        "moderation": board.moderation,
        "word_list": board.word_list,
        "most_per_phone": str(board.most_per_phone),
        "within_minutes": str(board.within_minutes),
        "naming": board.naming,
        "theme": board.theme,
        "shown_count": str(board.shown_count),
        "closed_text": board.closed_text,
        "refused_text": board.refused_text,
        "is_open": "yes" if board.is_open else "no",
    }
