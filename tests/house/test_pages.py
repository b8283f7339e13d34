"""Pages run no script and take no style but from files of the site, and load nothing else."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from tests.house.project import PACKAGES, list_files, name_of, read

TEMPLATE_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
DATA_TYPES = {"application/json", "application/ld+json"}
ELSEWHERE = re.compile(r"^(?:https?:)?//")
LOADING = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


class Reader(HTMLParser):
    """Collects what a strict Content-Security-Policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or "style" in given:
            self.refused.append(f"style in <{tag}>")
        if tag == "script" and not given.get("src") and given.get("type") not in DATA_TYPES:
            self.refused.append("script in the page")
        self.refused += [f"{name} in <{tag}>" for name in given if name.startswith("on")]
        address = given.get(LOADING.get(tag, ""), "") or ""
        if ELSEWHERE.match(address) and given.get("rel") not in ("license", "canonical"):
            self.refused.append(f"<{tag}> loads {address}")
        if (given.get("href") or "").startswith("javascript:"):
            self.refused.append(f"javascript: in <{tag}>")


def list_refused(text: str) -> list[str]:
    reader = Reader()
    reader.feed(text)
    return reader.refused


# Programs that show letters load no file of the site: the style has to be in the letter.
TEMPLATES = [
    path for path in list_files(".html", folders=PACKAGES) if path.parent.name != "letters"
]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_hold_no_script_and_no_style(path):
    assert list_refused(TEMPLATE_TAG.sub("x", read(path))) == []


PAGES = (
    "/",
    "/?q=дуб",
    "/layers/trees/",
    "/layers/trees/1/",
    "/data/",
    "/data/?q=дерева",
    "/accounts/login/",
    "/pages/how-it-works/",
    "/pages/rules/",
    "/pages/about/",
    "/pages/contacts/",
    "/pages/privacy/",
    "/pages/accessibility/",
    "/nothing/here/",
)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("url", PAGES)
def test_pages_keep_to_the_policy_and_say_their_language(url, language, trees, plant):
    plant(trees, "1", values={"species": "<b onclick=alert(1)>Дуб</b>"})
    join = "&" if "?" in url else "?"
    response = Client().get(f"{url}{join}lang={language}", headers={"Accept": "text/html"})
    text = response.content.decode()
    assert list_refused(text) == []
    assert f'<html lang="{language}">' in text
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in f"{policy};"


@pytest.mark.django_db
@pytest.mark.parametrize("url", PAGES)
def test_english_pages_are_english(url, make_layer, plant):
    """Names and values are the layer's own; every word of ours is translated."""
    plant(make_layer(title_uk="Trees"), "1", values={"species": "Oak"})
    join = "&" if "?" in url else "?"
    address = re.sub("[а-яіїєґ]+", "oak", url)
    response = Client().get(f"{address}{join}lang=en", headers={"Accept": "text/html"})
    text = re.sub(r"<button[^>]*lang=\"uk\".*?</button>", "", response.content.decode(), flags=re.S)
    text = re.sub(r"<script[^>]*application/json.*?</script>", "", text, flags=re.S)
    text = text.replace("Висота", "").replace("Порода", "").replace("Міська рада", "")
    assert re.findall(r"[\u0400-\u04ff]+", text.replace("м", "")) == []


def test_styles_and_scripts_load_nothing_from_elsewhere():
    found = {}
    for path in list_files(".css", ".mjs", folders=PACKAGES):
        loads = re.findall(
            r"(?:@import|url\(|from|import\()\s*[\"']?((?:https?:)?//[^\"')\s]+)", read(path)
        )
        if loads:
            found[name_of(path)] = loads
    assert not found
