"""What the documentation says, read from its Markdown: headings, sections, tables, links, code."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

FENCE = re.compile(r"^ {0,3}(?P<fence>`{3,}|~{3,})(?P<info>.*)$")
HEADING = re.compile(r"^(?P<marks>#{1,6}) +(?P<title>.+?)\s*#*$")
LINK = re.compile(r"(?<!\\)\[[^\]]*\]\((?P<target>[^)\s]+)(?:\s+\"[^\"]*\")?\)")
CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Block:
    """A fenced block of code: the language after the fence, and the text."""

    language: str
    text: str


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it, down to the next heading of any level."""

    level: int
    title: str
    text: str


def split_blocks(text: str) -> tuple[str, list[Block]]:
    """The text without fenced blocks, and the blocks."""
    prose: list[str] = []
    blocks: list[Block] = []
    fence, language, inside = "", "", [""]
    for line in text.splitlines():
        match = FENCE.match(line)
        if not fence and match:
            fence, language, inside = match["fence"], match["info"].strip(), []
        elif fence and line.strip() == fence:
            blocks.append(Block(language, "\n".join(inside) + "\n"))
            fence = ""
        elif fence:
            inside.append(line)
        else:
            prose.append(line)
    if fence:
        raise ValueError("a fenced block is not closed")
    return "\n".join(prose) + "\n", blocks


def list_sections(text: str) -> list[Section]:
    found: list[tuple[int, str, list[str]]] = []
    for line in split_blocks(text)[0].splitlines():
        match = HEADING.match(line)
        if match:
            found.append((len(match["marks"]), match["title"], []))
        elif found:
            found[-1][2].append(line)
    return [Section(level, title, "\n".join(lines)) for level, title, lines in found]


def get_section(text: str, title: str) -> str:
    """What stands under a heading, its lower headings included; code spans are told apart."""
    sections = list_sections(text)
    start = next(i for i, section in enumerate(sections) if section.title == title)
    end = next(
        (
            i
            for i, section in enumerate(sections[start + 1 :], start + 1)
            if section.level <= sections[start].level
        ),
        len(sections),
    )
    return "\n".join(f"{part.title}\n{part.text}" for part in sections[start:end])


def list_rows(text: str) -> list[list[str]]:
    """Cells of all rows of all tables, headings and rules left out."""
    lines = [line.strip() for line in split_blocks(text)[0].splitlines()]
    rows: list[list[str]] = []
    for before, line in pairwise(lines):
        if line.startswith("|") and before.startswith("|") and not is_rule(line):
            rows.append(split_cells(line))
    return rows


def is_rule(line: str) -> bool:
    return not line.replace("|", "").replace("-", "").replace(":", "").strip()


def split_cells(line: str) -> list[str]:
    parts = re.split(r"(?<!\\)\|", line.strip().strip("|"))
    return [part.strip().replace("\\|", "|") for part in parts]


def list_code(text: str) -> list[str]:
    """Texts between single back quotes."""
    return CODE.findall(text)


def list_links(text: str) -> Iterator[str]:
    prose = CODE.sub("", split_blocks(text)[0])
    yield from (match["target"] for match in LINK.finditer(prose))


def list_anchors(text: str) -> set[str]:
    """Anchors of headings, as GitHub and GitLab make them."""
    seen: Counter[str] = Counter()
    anchors: set[str] = set()
    for section in list_sections(text):
        plain = re.sub(r"[^\w\- ]", "", section.title.replace("`", "").lower()).replace(" ", "-")
        anchors.add(plain if not seen[plain] else f"{plain}-{seen[plain]}")
        seen[plain] += 1
    return anchors
