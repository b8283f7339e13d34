"""Layers with their styles, and their features as GeoJSON that the importer takes back."""

import gzip
import json
import shutil
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Final

import shapely

from geoportal.packs.exporting.parts import say_choices
from geoportal.packs.exporting.toml_text import write_document
from geoportal.packs.tables import FIELD, LAYER
from layers.models import Feature, Layer
from layers.models.layers import PROJECTED_KINDS
from layers.schema.specs import FieldSpec, LayerSpec, read_spec

# Larger files are packed.
PACKED_FROM_BYTES: Final = 200_000
FEATURES_A_CHUNK: Final = 2_000


def export_layers(folder: Path, katottg: str) -> int:
    """Every layer that stands and is written by people; how many."""
    layers = Layer.objects.filter(archived_at=None).exclude(kind__in=PROJECTED_KINDS)
    target = folder / "layers"
    for layer in layers.order_by("slug"):
        target.mkdir(exist_ok=True)
        export_layer(target, layer, katottg)
    return layers.count()


def export_layer(folder: Path, layer: Layer, katottg: str) -> None:
    spec = read_spec(layer)
    said = _say_layer(spec, katottg)
    if spec.style:
        name = f"{layer.slug}.style.json"
        (folder / name).write_text(write_style(spec.style), encoding="utf-8")
        said["style"] = name
    source: dict[str, object] = {}
    if Feature.objects.filter(layer=layer).exists():
        source["file"] = write_features(folder, layer)
        hidden = Feature.objects.filter(layer=layer, visibility=Feature.Visibility.STAFF)
        if keys := sorted(hidden.values_list("key", flat=True)):
            said["hidden"] = keys
    described = [_say_field(field) for field in spec.fields]
    text = write_document(said, {"source": source}, {"field": described})
    (folder / f"{layer.slug}.toml").write_text(text, encoding="utf-8")


def _say_layer(spec: LayerSpec, katottg: str) -> dict[str, object]:
    """In the order of the reference; the visibility is always said."""
    fresh = LayerSpec(slug=spec.slug, title_uk="", spatial_coverage=katottg)
    said: dict[str, object] = {}
    names = {each.name for each in fields(LayerSpec)}
    for name in LAYER.keys:
        value = getattr(spec, name) if name in names else None
        if name in ("slug", "style") or name not in names:
            continue
        if name in ("theme", "organisation"):
            if value is not None:
                said[name] = value.slug
        elif name == "visibility" or value != getattr(fresh, name):
            said[name] = value
    return said


def _say_field(field: FieldSpec) -> dict[str, object]:
    fresh = FieldSpec(name=field.name)
    said: dict[str, object] = {"name": field.name}
    for name in FIELD.keys:
        value = getattr(field, name)
        if name != "name" and value != getattr(fresh, name):
            said[name] = say_choices(value) if name == "choices" else value
    return said


def write_style(style: dict[str, object]) -> str:
    """JSON with a line for each style layer and entry of the legend."""
    members = []
    for member, value in style.items():
        words = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list) and value:
            lines = ",\n".join(f"    {json.dumps(part, ensure_ascii=False)}" for part in value)
            words = f"[\n{lines}\n  ]"
        members.append(f"  {json.dumps(member)}: {words}")
    return "{\n" + ",\n".join(members) + "\n}\n"


def write_features(folder: Path, layer: Layer) -> str:
    """The name of the file; the same features are the same bytes."""
    plain = folder / f"{layer.slug}.geojson"
    with plain.open("w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [\n')
        for number, line in enumerate(_list_lines(layer)):
            file.write(f",\n{line}" if number else line)
        file.write("\n]}\n")
    if plain.stat().st_size < PACKED_FROM_BYTES:
        return plain.name
    packed = folder / f"{plain.name}.gz"
    with (
        plain.open("rb") as source,
        packed.open("wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=0) as target,
    ):
        shutil.copyfileobj(source, target, 1024**2)
    plain.unlink()
    return packed.name


def _list_lines(layer: Layer) -> Iterator[str]:
    """With staff's values: a pack belongs to who may see all of the portal."""
    found = Feature.objects.filter(layer=layer).order_by("key")
    rows = found.values_list("key", "geom", "properties", "internal")
    for key, geom, properties, internal in rows.iterator(chunk_size=FEATURES_A_CHUNK):
        shape = shapely.to_geojson(shapely.from_wkb(bytes(geom.wkb))) if geom else "null"
        values = json.dumps(dict(sorted((properties | internal).items())), ensure_ascii=False)
        yield (
            f'{{"type": "Feature", "id": {json.dumps(key, ensure_ascii=False)}, '
            f'"geometry": {shape}, "properties": {values}}}'
        )
