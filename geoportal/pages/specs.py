"""What a page says, before it is in the database."""

from dataclasses import dataclass

from geoportal.pages.models import PageContent


@dataclass(frozen=True, kw_only=True)
class PageText:
    """Both languages of a page and where it is linked from. Bodies are Markdown."""

    title_uk: str
    title_en: str = ""
    body_uk: str = ""
    body_en: str = ""
    position: int = 0
    in_menu: bool = False
    in_footer: bool = True


def read_text(content: PageContent) -> PageText:
    """What a page or a version says."""
    names = PageText.__dataclass_fields__
    return PageText(**{name: getattr(content, name) for name in names})


def tidy(text: str) -> str:
    """Line ends as Unix writes them, no blanks at the ends of lines, none around the whole."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()
