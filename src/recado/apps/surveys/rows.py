"""From a survey's content to the rows of its questions and answers.

What belongs here: writing them so that a question or answer that stays keeps its row: keywords and answers refer to it. What does not:
whether they may be written (`services`).
"""

from collections.abc import Sequence

from recado.apps.surveys.content import OptionContent, QuestionContent
from recado.apps.surveys.models import Option, Question, Survey


def write_questions(survey: Survey, contents: Sequence[QuestionContent]) -> None:
    """Write the questions of a draft in place of those there were."""
    known = {question.pk: question for question in survey.questions.all()}
    rows: list[Question] = []
    for place, content in enumerate(contents, start=1):
        row = known.pop(content.key or 0, None) or Question(survey=survey)
        row.position, row.kind, row.text, row.reask_text = place, content.kind.value, content.text.strip(), content.reask_text.strip()
        row.low, row.high, row.ends, row.goes_to = content.low, content.high, content.ends, None
        row.save()
        rows.append(row)
    Question.objects.filter(pk__in=known).delete()
    for row, content in zip(rows, contents, strict=True):
        if content.goes_to is not None:
            row.goes_to = rows[content.goes_to - 1]
            row.save(update_fields=["goes_to"])
        _write_options(row, content.options if content.has_options else (), rows)


def correct_questions(survey: Survey, contents: Sequence[QuestionContent]) -> None:
    """Correct words of the questions and answers that are there; whatever else is said of them is not heard."""
    questions = {question.pk: question for question in survey.questions.all()}
    options = {option.pk: option for option in Option.objects.filter(question__survey=survey)}
    for content in contents:
        question = questions.get(content.key or 0)
        if question is None:
            continue
        question.text, question.reask_text = content.text.strip() or question.text, content.reask_text.strip()
        question.save(update_fields=["text", "reask_text"])
        for one in content.options:
            option = options.get(one.key or 0)
            if option is not None and option.question_id == question.pk:
                option.text, option.synonyms = one.text.strip() or option.text, "\n".join(_words(one))
                option.save(update_fields=["text", "synonyms"])


def _write_options(question: Question, contents: Sequence[OptionContent], rows: Sequence[Question]) -> None:
    known = {option.pk: option for option in question.options.all()}
    for place, content in enumerate(contents, start=1):
        row = known.pop(content.key or 0, None) or Option(question=question)
        row.position, row.label, row.text, row.synonyms = place, content.label.strip(), content.text.strip(), "\n".join(_words(content))
        row.ends, row.goes_to = content.ends, None if content.goes_to is None else rows[content.goes_to - 1]
        row.save()
    Option.objects.filter(pk__in=known).delete()


def _words(content: OptionContent) -> list[str]:
    return list(dict.fromkeys(word for word in (" ".join(one.split()) for one in content.synonyms) if word))
