"""What a letter says, before it is drawn as plain text and as HTML."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Step:
    """What the reader can do now: a sentence, and a button where there is an address."""

    text: str = ""
    label: str = ""
    url: str = ""


@dataclass(frozen=True)
class Picture:
    """A small photo that the portal serves; the letter carries its address only."""

    thumbnail_url: str
    url: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Content:
    """`heading`: what happened, also the subject; `quote`: words of who is named in `quoted`.

    `facts`: of the problem; a letter that must not repeat what was published has none.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    quote: str = ""
    quoted: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    steps: tuple[Step, ...] = field(default_factory=tuple)
    picture: Picture | None = None
    links: tuple[tuple[str, str], ...] = ()
