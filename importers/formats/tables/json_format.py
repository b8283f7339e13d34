"""Tables of JSON in the registry: an array of objects, alone or in an object."""

import re

from importers.formats.format import Format, Head
from importers.formats.tables.options import PLACE_OPTIONS

LITERAL = r'(?:"[^"]*"|[-+.\deE]+|true|false|null)'
ARRAY_IN_OBJECT = re.compile(rf'\{{\s*(?:"[^"]*"\s*:\s*{LITERAL}\s*,\s*)*"[^"]*"\s*:\s*\[\s*\{{')
GEOJSON = re.compile(r'"(?:Feature|FeatureCollection|GeometryCollection)"|"coordinates"\s*:\s*\[')


def is_table(head: Head) -> bool:
    if re.match(r"\[\s*\{", head.text):
        return True
    return bool(ARRAY_IN_OBJECT.match(head.text)) and not GEOJSON.search(head.text)


FORMAT = Format(
    name="json",
    title="JSON",
    engine="importers.formats.tables.json_engine",
    recognises=is_table,
    extensions=(".json",),
    rank=2,
    options=PLACE_OPTIONS,
)
