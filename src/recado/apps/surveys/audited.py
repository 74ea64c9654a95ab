"""What the activity log keeps about surveys.

What belongs here: one as before and after of a change, in values that last. What does not: writing the log (`apps.audit`).
"""

from recado.apps.surveys.models import Survey


def facts(survey: Survey) -> dict[str, str]:
    """Return what can be changed of a survey; questions are told by their texts."""
    return {
        "name": survey.name,
        "number": survey.number.digits if survey.number else "",
        "questions": "\n".join(f"{place}. {one.text}" for place, one in enumerate(survey.questions.all(), start=1)),
        "closes_at": survey.closes_at.isoformat(" ", "minutes") if survey.closes_at else "",
        "counting": survey.counting,
        "is_public": "yes" if survey.is_public else "no",
    }
