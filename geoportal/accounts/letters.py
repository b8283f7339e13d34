"""Letters to people about their accounts: written at once, sent from the outbox."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise

from geoportal.accounts.models import User
from geoportal.messages.drafts import Content, Draft
from geoportal.messages.models import Message
from geoportal.messages.services import post_messages

LINK = re.compile(r"https?://\S+")


def name_owner(user: User | None) -> str:
    """Whose messages they are, as the outbox knows it; '' for who has no account."""
    return f"user:{user.pk}" if user is not None else ""


@dataclass(frozen=True)
class Paragraph:
    """Either words, or an address that stands alone on its line: a button in HTML."""

    text: str = ""
    link: str = ""


def split_paragraphs(text: str) -> list[Paragraph]:
    """Parts of a plain letter between blank lines."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text.strip())]
    return [
        Paragraph(link=part) if LINK.fullmatch(part) else Paragraph(text=part)
        for part in parts
        if part
    ]


def build_html(subject: str, text: str) -> str:
    """The same letter as HTML, in the language that is active."""
    context = {
        "subject": subject,
        "paragraphs": split_paragraphs(text),
        "language": translation.get_language(),
        "site_url": f"{settings.SITE_URL}/",
    }
    return render_to_string("accounts/letter.html", context)


def post_letter(
    *, to: str, subject: str | Promise, text: str, language: str = "", reader: User | None = None
) -> None:
    """Put a letter on its way; somebody waits for it, so it goes before news."""
    line = " ".join(str(subject).split())
    content = Content(subject=line, text=text.strip() + "\n", html=build_html(line, text))
    draft = Draft(
        address=to.lower(),
        content=content,
        language=language,
        owner=name_owner(reader),
        priority=Message.Priority.AWAITED,
    )
    post_messages([draft])


def post_template(
    *, to: str, template: str, language: str, reader: User | None = None, **context: object
) -> None:
    """Post `<template>_subject.txt` and `<template>_message.txt` in the reader's language."""
    with translation.override(language):
        subject = render_to_string(f"{template}_subject.txt", context)
        text = render_to_string(f"{template}_message.txt", context)
        post_letter(to=to, subject=subject, text=text, language=language, reader=reader)
