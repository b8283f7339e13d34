"""Two people changed one object: what each did, field by field, and what shall stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geoportal.mapkit.values import show_value
from geoportal.staff.objects.forms import control_name
from layers.models import FeatureVersion, Layer, LayerField
from layers.schema.values import Json

Values = Mapping[str, Json]
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class MergeLine:
    """One field that either of the two changed. Where both did, somebody has to choose."""

    name: str
    control: str
    title: str
    before: str
    mine: str
    theirs: str
    changed_here: bool
    changed_there: bool

    @property
    def is_clash(self) -> bool:
        return self.changed_here and self.changed_there and self.mine != self.theirs


def find_base(layer: Layer, key: str, changeset_id: int) -> dict[str, Json]:
    """The attributes that the form was filled from; empty where the history has no such state."""
    version = FeatureVersion.objects.filter(layer=layer, key=key, changeset_id=changeset_id).first()
    return {**version.properties, **version.internal} if version else {}


def list_merge_lines(
    fields: Sequence[LayerField], base: Values, mine: Values, theirs: Values
) -> list[MergeLine]:
    """`mine`: only what was changed here; `theirs`: the whole object as it stands."""
    lines = []
    for field in fields:
        before, standing = base.get(field.name), theirs.get(field.name)
        wanted = mine.get(field.name, before)
        line = MergeLine(
            name=field.name,
            control=control_name(field),
            title=field.title,
            before=show_value(field, before).text,
            mine=show_value(field, wanted).text,
            theirs=show_value(field, standing).text,
            changed_here=field.name in mine,
            changed_there=standing != before,
        )
        if line.changed_here or line.changed_there:
            lines.append(line)
    return lines


def choose_values(lines: Sequence[MergeLine], mine: Values, picks: Mapping[str, str]) -> Values:
    """What to write over the object as it stands: own changes, but where theirs was chosen."""
    left = {
        line.name for line in lines if line.is_clash and picks.get(f"pick-{line.control}") == THEIRS
    }
    return {name: value for name, value in mine.items() if name not in left}
