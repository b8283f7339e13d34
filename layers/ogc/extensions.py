"""Other parts of OGC API that packages above serve under the same root: a registry.

Each says what it conforms to, and which links and paths the documents of this service gain.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from layers.models import Layer
from layers.ogc.documents import Link


@dataclass(frozen=True)
class Extension:
    """`base` is the absolute URL of the service without a slash at the end.

    `link_landing(base)` and `link_collection(base, layer)` give links; `describe_paths(slugs)`
    paths of the OpenAPI document, `slugs` being the collections there are.
    """

    conformance: Sequence[str]
    link_landing: Callable[[str], Sequence[Link]]
    link_collection: Callable[[str, Layer], Sequence[Link]]
    describe_paths: Callable[[Sequence[str]], dict[str, object]]


_extensions: list[Extension] = []


def register_extension(extension: Extension) -> None:
    _extensions.append(extension)


def list_extensions() -> Sequence[Extension]:
    return _extensions
