"""Markdown of a page into HTML that is safe whoever wrote it.

Two walls: the parser takes no raw HTML and only listed kinds of addresses (CommonMark with tables
and strikethrough), and what it made goes through nh3, which lets only listed tags and attributes
pass.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlsplit

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
HEADINGS: Final = ("h2", "h3", "h4", "h5", "h6")
# Identifiers that the page around the text has.
TAKEN_IDS: Final = ("content",)
ATTRIBUTES: Final = {
    "a": {"href", "title", "rel"},
    "div": {"class", "tabindex"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "table": {"class"},
    "th": {"scope"},
} | {heading: {"id"} for heading in HEADINGS}
TAGS: Final = frozenset(
    {"a", "blockquote", "br", "code", "del", "div", "em", "hr", "img", "li", "ol", "p", "pre"}
    | {"s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul", *HEADINGS}
)


@dataclass(frozen=True)
class Heading:
    """A heading of the second level: `id` is its anchor."""

    id: str
    title: str


@dataclass(frozen=True)
class RenderedPage:
    """`lead` is the first paragraph without marks, for descriptions."""

    html: SafeString
    headings: tuple[Heading, ...]
    lead: str


@lru_cache(maxsize=64)
def render_markdown(text: str) -> RenderedPage:
    parser = _build_parser()
    tokens = parser.parse(text)
    headings = _name_headings(tokens)
    html = parser.renderer.render(tokens, parser.options, {})
    clean = nh3.clean(
        html, tags=set(TAGS), attributes=dict(ATTRIBUTES), url_schemes=set(SCHEMES), link_rel=None
    )
    # nh3 has just made it safe.
    return RenderedPage(mark_safe(clean), headings, _find_lead(tokens))  # noqa: S308


def is_allowed_address(address: str) -> bool:
    """A page of ours, or one of the listed schemes with a host or a person behind it."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    if not parts.scheme:
        return not parts.netloc
    return parts.scheme.lower() in SCHEMES


def is_outside(address: str) -> bool:
    """Leads to another site."""
    return bool(urlsplit(address).netloc)


class PageParser(MarkdownIt):
    """CommonMark with tables; addresses of listed kinds only."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name is the library's
        return is_allowed_address(url)


def _build_parser() -> PageParser:
    parser = PageParser("commonmark", {"html": False})
    parser.enable(["table", "strikethrough"])
    parser.add_render_rule("link_open", _render_link)
    parser.add_render_rule("table_open", _open_table)
    parser.add_render_rule("table_close", _close_table)
    parser.add_render_rule("image", _render_image)
    return parser


def _render_link(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    if is_outside(str(token.attrGet("href") or "")):
        token.attrSet("rel", "external noopener")
    return self.renderToken(tokens, index, options, env)


def _render_image(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Pictures of this site only: a page loads nothing from elsewhere."""
    address = urlsplit(str(tokens[index].attrGet("src") or ""))
    if address.scheme or address.netloc:
        return self.renderInlineAsText(tokens[index].children, options, env)
    return self.image(tokens, index, options, env)


def _open_table(*given: Any) -> str:
    """A wide table scrolls by itself, by keyboard as well."""
    return '<div class="table-scroll" tabindex="0"><table class="table">\n'


def _close_table(*given: Any) -> str:
    return "</table></div>\n"


def _name_headings(tokens: Sequence[Token]) -> tuple[Heading, ...]:
    """Give headings their anchors; the page has its own <h1>, so those of the text go one down."""
    taken = set(TAKEN_IDS)
    found = []
    for number, token in enumerate(tokens):
        if token.type not in ("heading_open", "heading_close"):
            continue
        token.tag = "h2" if token.tag == "h1" else token.tag
        if token.type == "heading_open":
            title = _read_words(tokens[number + 1])
            anchor = _free_anchor(make_anchor(title), taken)
            token.attrSet("id", anchor)
            if token.tag == "h2":
                found.append(Heading(anchor, title))
    return tuple(found)


def _free_anchor(wanted: str, taken: set[str]) -> str:
    anchor, number = wanted, 0
    while anchor in taken:
        number += 1
        anchor = f"{wanted}-{number}"
    taken.add(anchor)
    return anchor


def make_anchor(title: str) -> str:
    """As GitHub makes them: «Що не публікують?» → `що-не-публікують`."""
    return re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") or "section"


def _read_words(inline: Token) -> str:
    return "".join(
        child.content for child in inline.children or () if child.type in ("text", "code_inline")
    )


def _find_lead(tokens: Sequence[Token]) -> str:
    for number, token in enumerate(tokens):
        if token.type == "paragraph_open" and token.level == 0:
            return _read_words(tokens[number + 1])
    return ""
