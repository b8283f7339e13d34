"""What of a report everyone will read, and what only those who work on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.accounts.policies import Actor
from geoportal.problems.categories.answers import list_questions
from geoportal.problems.categories.terms import is_public
from geoportal.problems.models import Question
from geoportal.problems.personal_data.notes import Note, list_notes, list_public_texts
from geoportal.problems.services.reporting import Report
from layers.models.layers import pick_language


@dataclass(frozen=True)
class Preview:
    """`is_public` is false where nobody but moderators and the organisation reads anything."""

    report: Report
    is_public: bool
    author: str
    answers: tuple[tuple[str, str], ...]
    private_answers: tuple[tuple[str, str], ...]
    notes: tuple[Note, ...]
    notes_message: str


def build_preview(actor: Actor, report: Report, *, on_behalf: bool) -> Preview:
    answered = [
        (question, _show(question, report.answers[question.code]))
        for question in list_questions(report.category)
        if report.answers.get(question.code) not in (None, "", [])
    ]
    texts = list_public_texts(
        report.category,
        title=report.title,
        description=report.description,
        address=report.address,
        answers=report.answers,
    )
    notes, message = list_notes(texts)
    return Preview(
        report=report,
        is_public=is_public(report.category),
        author=name_author(actor, is_anonymous=report.is_anonymous, on_behalf=on_behalf),
        answers=tuple((each.title, text) for each, text in answered if each.is_public),
        private_answers=tuple((each.title, text) for each, text in answered if not each.is_public),
        notes=tuple(notes),
        notes_message=message,
    )


def name_author(actor: Actor, *, is_anonymous: bool, on_behalf: bool) -> str:
    """How the page of the problem will call its author."""
    if on_behalf:
        return _("A caller, written down by staff")
    if is_anonymous:
        return _("Author (name hidden)")
    name: str = actor.get_full_name() if isinstance(actor, User) else ""
    return name or _("Author")


def _show(question: Question, given: object) -> str:
    titles: Mapping[str, str] = {
        str(choice["value"]): pick_language(
            str(choice.get("title_uk", choice["value"])), str(choice.get("title_en", ""))
        )
        for choice in question.choices
    }
    values = given if isinstance(given, list) else [given]
    return ", ".join(titles.get(str(one), str(one)) for one in values)
