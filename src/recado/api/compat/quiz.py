"""The action `quiz/view` (provider-api.md §6.4): how many gave which answer to a survey.

What belongs here: what an item is. What does not: counting; that is asked of `apps.surveys`.

The contract knows one list of counts. It is that of a vote, or of the first question of a conversation whose answers can be counted:
answers to choose from have the ids of their options, numbers are their own ids, yes is 1 and no is 2.
"""

from recado.api.compat.call import Answer, Call
from recado.api.compat.errors import INVALID_ID, ApiError
from recado.apps.surveys.models import Survey
from recado.apps.surveys.queries import get_survey_for
from recado.apps.surveys.results import Bar, results_of

_YES_NO = {"yes": 1, "no": 2}


def view(call: Call) -> Answer:
    """Show one survey with its counts; test messages do not count."""
    try:
        survey = get_survey_for(call.account, call.params.identifier())
    except Survey.DoesNotExist as error:
        raise ApiError(INVALID_ID) from error
    bars = next((one.bars for one in results_of(survey).questions if one.bars), ())
    return {"id": survey.pk, "name": survey.name, "items": [{"id": _id(bar), "count": bar.count} for bar in bars]}


def _id(bar: Bar) -> int:
    return bar.option_id or _YES_NO.get(bar.text) or int(bar.text)
