"""What things may refer to: those of the pack, and those that stand in the database."""

from dataclasses import dataclass, field

from geoportal.accounts.models import Organisation
from geoportal.packs.checking.data_files import list_keys
from geoportal.packs.extending import Pack
from geoportal.packs.findings import Findings
from geoportal.pages.models import Page
from geoportal.problems.models import Category
from layers.models import Feature, Layer, LayerField, Theme


@dataclass
class Known:
    """Codes by what they name. Keys of territories are read when they are first asked for."""

    pack: Pack
    findings: Findings
    themes: set[str] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)
    categories: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    fields: dict[str, set[str]] = field(default_factory=dict)
    pages: set[str] = field(default_factory=set)
    _keys: dict[str, set[str] | None] = field(default_factory=dict)

    def list_territory_keys(self, layer: str) -> set[str] | None:
        """Keys of a layer's features, in its file or in the database; `None`: cannot be known."""
        if layer not in self._keys:
            self._keys[layer] = self._read_keys(layer)
        return self._keys[layer]

    def _read_keys(self, layer: str) -> set[str] | None:
        standing = set(Feature.objects.filter(layer__slug=layer).values_list("key", flat=True))
        entry = self.pack.by_code("layers").get(layer)
        if entry is None or "source.file" not in entry:
            return standing
        found = list_keys(entry)
        return standing if found is None and standing else found and found | standing


def find_known(pack: Pack, findings: Findings) -> Known:
    known = Known(pack, findings)
    known.themes = _codes(pack, "themes") | set(Theme.objects.values_list("slug", flat=True))
    organisations = Organisation.objects.values_list("slug", flat=True)
    known.organisations = _codes(pack, "organisations") | set(organisations)
    known.categories = dict(Category.objects.values_list("code", "parent__code"))
    for entry in pack.list("categories"):
        standing = known.categories.get(entry.text("code"))
        known.categories[entry.text("code")] = entry.text("parent", standing or "")
    known.kinds = dict(Layer.objects.values_list("slug", "kind"))
    for name, slug in LayerField.objects.values_list("name", "layer__slug"):
        known.fields.setdefault(slug, set()).add(name)
    for layer in pack.list("layers"):
        slug = layer.text("slug")
        known.kinds[slug] = layer.text("kind", known.kinds.get(slug, Layer.Kind.REGISTER))
        names = {each.text("name") for each in layer.children.get("field", ())}
        known.fields.setdefault(slug, set()).update(names)
    known.pages = _codes(pack, "pages") | set(Page.objects.values_list("slug", flat=True))
    return known


def _codes(pack: Pack, section: str) -> set[str]:
    return set(pack.by_code(section))
