"""Sentences of the importer as a page says them: it has questions where the shell has flags."""

import re

from django.utils.translation import gettext as _

from importers.stages.questions import WORDS


def say_on_page(text: str) -> str:
    """“say it with --crs” names the question that asks for it."""
    titles = {flag: str(title) for title, _help, flag in WORDS.values()}
    return re.sub(
        r"--[a-z][a-z-]*",
        lambda found: (
            _("“%(title)s”") % {"title": titles[found[0]]} if found[0] in titles else found[0]
        ),
        text,
    )
