"""A question of a survey, the phone that plays it, and its results, invented.

What belongs here: sample objects for the partials of `/surveys/`. What does not: the page (`guide`).
"""

from typing import Any

from recado.apps.surveys.content import OptionContent, QuestionContent, SurveyContent
from recado.apps.surveys.models import Question, Survey
from recado.apps.surveys.preview import Bubble
from recado.apps.surveys.results import Bar, QuestionResult, SurveyResult
from recado.core.survey import AnswerKind
from recado.panel.surveys.beginnings import BEGINNINGS
from recado.panel.surveys.figures import shown_questions as shown_results
from recado.panel.surveys.shown import shown_questions

TEXT = "Który bukiet?"
FLOWERS = (("A", "Tulipany", 19), ("B", "Róże", 14), ("C", "Piwonie", 8))


def surveys() -> dict[str, Any]:
    """Give what the sample of surveys is made of."""
    options = tuple(OptionContent(label, text) for label, text, _count in FLOWERS)
    why = QuestionContent(AnswerKind.TEXT, "Dlaczego?")
    built = shown_questions(SurveyContent("Bukiet", questions=(QuestionContent(AnswerKind.CHOICE, TEXT, options=options), why)))
    bars = tuple(Bar(*flower) for flower in FLOWERS)
    asked = Question(pk=0, kind=AnswerKind.CHOICE.value, text=TEXT)
    result = QuestionResult(asked, 1, 44, 41, bars, None, 4.0, 0)
    return {
        "survey_sample": {
            "survey": Survey(pk=0, name="Bukiet", state="draft"),
            "running": Survey(pk=0, name="Bukiet", state="collecting"),
            "questions": built[:1],
            "bubbles": [Bubble(is_ours=True, text=TEXT), Bubble(is_ours=False, text="tulipan", note="A")],
            "results": shown_results(SurveyResult(44, 41, {}, (result,))),
            "beginnings": dict(list(BEGINNINGS.items())[:1]),
        }
    }
