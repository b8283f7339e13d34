"""Letters that no page, feed or database holds, left out of what people write."""

import re

# What XML 1.0 cannot hold (2.2): control characters and halves of surrogate pairs.
UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def drop_unwritable(text: str) -> str:
    """The text without control characters but tabs and ends of lines."""
    return UNWRITABLE.sub("", text)
