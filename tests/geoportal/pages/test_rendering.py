"""Markdown that administrators write cannot harm who reads it."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geoportal.pages.rendering import (
    ATTRIBUTES,
    TAGS,
    is_allowed_address,
    make_anchor,
    render_markdown,
)


class Elements(HTMLParser):
    """Every tag with its attributes, as a browser would see them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def html(text: str) -> str:
    return str(render_markdown(text).html)


ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java&#x0A;script:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "[x](//evil.example/)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.gif)",
    "[x]: javascript:alert(1)\n\n[x]",
    '[x](/ "onmouseover=alert(1)")',
    "<iframe src=https://evil.example></iframe>",
    "<style>*{display:none}</style>",
    '<a href="x" onclick="alert(1)">x</a>',
    "## <svg/onload=alert(1)>",
    "| <b onclick=x> |\n|---|\n| <script>1</script> |",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_runs_and_nothing_is_loaded_from_elsewhere(attack):
    assert list_harm(html(attack)) == []


def list_harm(text: str) -> list[object]:
    harm: list[object] = []
    for tag, attributes in Elements(text).found:
        if tag not in TAGS or set(attributes) - ATTRIBUTES.get(tag, set()):
            harm.append((tag, attributes))
        address = attributes.get("href") or attributes.get("src") or ""
        if not is_allowed_address(address) or (tag == "img" and "//" in address):
            harm.append(address)
    return harm


@given(
    st.text(alphabet=st.sampled_from("<>[]()!&#:;/\\\"'`*_|-\n ajvscriptonload=x12"), max_size=80)
)
@example("[a](<javascript:alert(1)>)")
def test_no_text_whatever_is_harmful(text):
    assert list_harm(html(text)) == []


def test_raw_html_is_shown_as_it_is_typed():
    assert "&lt;b&gt;" in html("<b>не жирний</b>")


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/pages/rules/", True),
        ("#anchor", True),
        ("https://example.org/", True),
        ("http://example.org/", True),
        ("mailto:a@example.org", True),
        ("tel:+380000000000", True),
        ("ftp://example.org/", False),
        ("//example.org/", False),
        ("javascript:alert(1)", False),
        ("https://[", False),
    ],
)
def test_kinds_of_addresses(address, allowed):
    assert is_allowed_address(address) is allowed


def test_link_to_another_site_says_so_and_ours_does_not():
    assert 'rel="external noopener"' in html("[там](https://example.org/)")
    assert "rel=" not in html("[тут](/pages/rules/) [пошта](mailto:a@example.org)")


def test_headings_have_anchors_and_begin_at_the_second_level():
    shown = render_markdown("# Правила\n\n## Що не публікують?\n\n## Що не публікують?\n")
    assert re.findall(r"<h2 id=\"([^\"]+)\">", shown.html) == [
        "правила",
        "що-не-публікують",
        "що-не-публікують-1",
    ]
    assert [heading.title for heading in shown.headings] == [
        "Правила",
        "Що не публікують?",
        "Що не публікують?",
    ]


def test_anchor_does_not_take_one_of_the_page_around():
    assert 'id="content-1"' in html("## Content")
    assert make_anchor("???") == "section"


def test_tables_scroll_by_themselves_and_keep_no_style():
    shown = html("| Крок | Строк |\n|---|---:|\n| перевірка | день |")
    assert '<div class="table-scroll" tabindex="0"><table class="table">' in shown
    assert "style=" not in shown
    assert "<td>перевірка</td>" in shown


def test_pictures_of_the_site_are_shown_and_others_are_told_in_words():
    assert '<img src="/static/map.png" alt="карта">' in html("![карта](/static/map.png)")
    assert html("![карта](https://example.org/map.png)").strip() == "<p>карта</p>"


def test_lead_is_the_first_paragraph_without_marks():
    assert render_markdown("## Далі\n\nПерший **абзац** [тут](/).\n\nДругий.").lead == (
        "Перший абзац тут."
    )
    assert render_markdown("").lead == ""
