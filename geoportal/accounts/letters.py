"""Letters to people: written at once, sent by the job queue, forgotten when sent.

A letter is a row until the mail server takes it, written in the transaction of what it tells of:
what was undone tells nobody, and a server that does not answer loses nothing.
"""

import re
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise

from geoportal.accounts.models import Letter
from geoportal.accounts.tasks import send_letter

LINK = re.compile(r"https?://\S+")


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
    }
    return render_to_string("accounts/letter.html", context)


def post_letter(*, to: str, subject: str | Promise, text: str, html: str = "") -> Letter:
    """Put a letter on its way; without `html` it is made from the text."""
    line = " ".join(str(subject).split())
    letter = Letter.objects.create(
        to=to, subject=line[:254], text=text.strip() + "\n", html=html or build_html(line, text)
    )
    send_letter.enqueue(letter.pk)
    return letter


def post_template(*, to: str, template: str, language: str, **context: object) -> Letter:
    """Post `<template>_subject.txt` and `<template>_message.txt` in the reader's language."""
    with translation.override(language):
        subject = render_to_string(f"{template}_subject.txt", context)
        text = render_to_string(f"{template}_message.txt", context)
        return post_letter(to=to, subject=subject, text=text)
