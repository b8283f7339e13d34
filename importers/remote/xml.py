"""XML of services by local names: prefixes are theirs."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element


def get_local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2]


def list_children(element: Element, *names: str) -> Iterator[Element]:
    return (child for child in element if get_local(child.tag) in names)


def list_below(element: Element, *path: str) -> list[Element]:
    """Elements that this path of names leads to."""
    found = [element]
    for name in path:
        found = [child for each in found for child in list_children(each, name)]
    return found


def find_text(element: Element, *path: str) -> str:
    """Of the first; "" where there is none."""
    found = list_below(element, *path)
    return " ".join("".join(found[0].itertext()).split()) if found else ""
