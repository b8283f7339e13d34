"""Every page of the documentation can be reached, and every link in it leads somewhere."""

import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.house import markdown
from tests.house.project import DOCS, ROOT, list_files, name_of, read

MODES = ("tutorial", "how-to", "reference", "explanation", "adr")
PAGES = list_files(".md")
ADR_PARTS = ("Context", "Decision", "What was measured", "Consequences")
FIRST_SCREEN_LINES = 60


def follow(page: Path, target: str) -> str:
    """Empty, or why the link of a page leads nowhere."""
    if re.match(r"[a-z]+:", target):
        return ""
    name, _, anchor = unquote(target).partition("#")
    path = (page.parent / name).resolve() if name else page
    if not path.is_relative_to(ROOT) or not path.exists():
        return f"{target}: there is no such file"
    if anchor and path.suffix == ".md":
        known = markdown.list_anchors(path.read_text(encoding="utf-8"))
        if anchor not in known:
            return f"{target}: there is no such heading"
    return ""


@pytest.mark.parametrize("document", PAGES, ids=name_of)
def test_links_lead_somewhere(document):
    links = markdown.list_links(read(document))
    wrong = [why for target in links if (why := follow(document, target))]
    assert not wrong


@pytest.mark.parametrize("document", PAGES, ids=name_of)
def test_a_page_has_one_title_and_no_skipped_heading(document):
    levels = [section.level for section in markdown.list_sections(read(document))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_index_lists_every_page():
    linked = {
        (DOCS / unquote(target).partition("#")[0]).resolve()
        for target in markdown.list_links(read("docs/README.md"))
        if not re.match(r"[a-z]+:", target)
    }
    pages = {path for path in list_files(".md", folders=("docs",)) if path.name != "README.md"}
    assert sorted(map(name_of, pages - linked)) == []


def test_documentation_has_its_four_modes_and_the_decisions():
    assert all(list((DOCS / mode).glob("*.md")) for mode in MODES)


@pytest.mark.parametrize("document", sorted((DOCS / "adr").glob("*.md")), ids=name_of)
def test_a_decision_says_what_was_measured(document):
    sections = markdown.list_sections(read(document))
    assert tuple(section.title for section in sections if section.level == 2) == ADR_PARTS
    assert all(section.text.strip() for section in sections if section.level == 2)
    number, title = document.stem.split("-", 1)
    assert re.fullmatch(r"\d{4}", number)
    assert title
    assert sections[0].title.startswith(f"{int(number)}. ")


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(int(page.stem[:4]) for page in (DOCS / "adr").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_readme_shows_what_matters_on_its_first_screen():
    lines = read("README.md").splitlines()
    screen = "\n".join(lines[:FIRST_SCREEN_LINES])
    assert re.search(r"!\[[^\]]+\]\(docs/images/[\w.-]+\)", screen)
    assert "script/server" in screen
    assert "script/test" in screen
    assert "Apache-2.0" in "\n".join(lines)
    assert (ROOT / "LICENSE").is_file()


def test_shell_examples_name_commands_that_are_there():
    """Scripts and management commands that the documentation tells to run."""
    from tests.house.test_documented import list_our_commands

    theirs = {"migrate", "createsuperuser", "collectstatic", "check", "db_worker", "shell",
              "changepassword", "makemigrations", "makemessages"}  # fmt: skip
    known = set(list_our_commands()) | theirs
    wrong = []
    for page in PAGES:
        _, blocks = markdown.split_blocks(read(page))
        text = "\n".join(block.text for block in blocks if block.language in ("sh", "bash"))
        for script in re.findall(r"(?<![\w/.])script/[\w-]+", text):
            if not (ROOT / script).exists():
                wrong.append(f"{name_of(page)}: {script}")
        for command in re.findall(r"(?:script/manage|manage\.py) +([a-z0-9_]+)", text):
            if command not in known:
                wrong.append(f"{name_of(page)}: {command}")
    assert not wrong


GUIDES = [DOCS / "how-to" / f"{name}.md" for name in
          ("responsibilities", "moderate", "work-in-a-cabinet")]  # fmt: skip


@pytest.mark.parametrize("guide", GUIDES, ids=name_of)
def test_guides_for_staff_name_buttons_as_the_pages_do(guide):
    """What is bold in them is a text of the Ukrainian pages."""
    from tests.house.test_translations import CATALOGUES, list_texts, read_catalogue

    said = {text for domain in CATALOGUES for entry in read_catalogue(domain)
            for text in list_texts(entry)}  # fmt: skip
    bold = re.findall(r"\*\*(.+?)\*\*", guide.read_text(encoding="utf-8"))
    assert bold
    assert sorted(set(bold) - said) == []
