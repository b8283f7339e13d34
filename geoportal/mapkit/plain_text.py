"""Text with tags, as some registers hold it, into lines that can be read."""

import html
import re

TAG = re.compile(r"</?[A-Za-z][^<>]*>")
LINE_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/h\d)\b[^<>]*>", re.IGNORECASE)
ENTITY = re.compile(r"&(?:[A-Za-z]\w*|#\d+|#x[0-9A-Fa-f]+);")


def strip_tags_to_lines(text: str) -> str:
    """Lines without tags and entities; `a < b` stays. The same as `toPlainText` of the map."""
    if TAG.search(text):
        text = TAG.sub("", LINE_BREAK.sub("\n", text))
    if ENTITY.search(text):
        text = html.unescape(text)
    lines = (re.sub(r"[ \t\xa0]+", " ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)
