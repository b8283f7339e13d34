"""What a stranger wrote, put into a letter so that no mail program makes a link of it.

Mail programs turn addresses into links, whoever wrote them, and under the town's letterhead they
look like the town's. An address with its scheme is taken out; the dots of what looks like a bare
one get a space after them, as a full stop has.
"""

import re

from django.utils.translation import gettext as _

ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]{1,20}://|www\.|mailto:|tel:)\S+", re.IGNORECASE)
# A domain in any alphabet: a dot between a word and two letters or more.
DOT = re.compile(
    r"(?<=[\w\u0300-\u036f])([.\u3002\uff0e\uff61])(?=[^\W\d_][\u0300-\u036f]*[^\W\d_])"
)
# What hides inside words or turns their order around.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)


def drop_links(text: str) -> str:
    """The same words without anything that a mail program follows; line breaks stay."""
    plain = ADDRESS.sub(_("[link]"), INVISIBLE.sub("", text))
    return DOT.sub(r"\1 ", plain)


def drop_links_in_line(text: str) -> str:
    """The same in one line: for a name, a title, a subject."""
    return drop_links(" ".join(text.split()))
