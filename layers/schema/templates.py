"""Ready descriptions of layers that a new one may begin from; packages above offer them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from layers.schema.specs import LayerSpec


@dataclass(frozen=True)
class LayerTemplate:
    """`spec` names no owner and no theme of this town; `theme` is the slug of the one it suits."""

    spec: LayerSpec
    theme: str = ""

    @property
    def slug(self) -> str:
        return self.spec.slug


TemplateSource = Callable[[], Sequence[LayerTemplate]]
_sources: list[TemplateSource] = []


def offer_templates(source: TemplateSource) -> None:
    """An app says it once, in its `ready()`; the source is asked when somebody looks."""
    if source not in _sources:
        _sources.append(source)


def list_templates() -> list[LayerTemplate]:
    """In the order of their titles, each slug once: of what is offered first."""
    found: dict[str, LayerTemplate] = {}
    for source in _sources:
        for template in source():
            found.setdefault(template.slug, template)
    return sorted(found.values(), key=lambda template: template.spec.title_uk)


def find_template(slug: str) -> LayerTemplate | None:
    return next((each for each in list_templates() if each.slug == slug), None)
