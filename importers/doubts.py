"""What a file alone shows that somebody must answer for, before a row of it is loaded."""

from django.utils.translation import gettext as _

from importers.brakes.brake import Brake
from importers.brakes.finding import find_place_brake
from importers.brakes.personal import find_personal_columns
from importers.errors import OpenQuestions
from importers.mapping.keys import BY_CONTENT
from importers.mapping.survey import Survey
from importers.request import ImportRequest
from importers.understanding import Target, Understood
from layers.models import Layer


def require_key(survey: Survey) -> None:
    """A column that is nearly a key is not passed over in silence: raises `OpenQuestions`."""
    if not survey.nearly:
        return
    best = survey.nearly[0]
    raise OpenQuestions(
        _(
            "The column “%(name)s” would tell objects apart but for a few rows (repeated:"
            " %(repeated)s, empty: %(missing)s). Say --key %(name)s, then those rows are not"
            " loaded; or --key %(content)s, then keys are made from what rows hold."
        )
        % (vars(best) | {"content": BY_CONTENT}),
        questions=["key"],
    )


def find_file_brakes(request: ImportRequest, understood: Understood, target: Target) -> list[Brake]:
    """Brakes that the file alone shows."""
    survey = understood.survey
    found = find_personal_brakes(request, survey, target)
    if target.spec is None and target.fields and not target.mapping.columns:
        found.append(Brake("no-shared-column"))
    lonlat = understood.crs.projector(survey.sample)
    if place := find_place_brake(target.layer, lonlat, understood.community):
        found.append(place)
    return found


def find_personal_brakes(request: ImportRequest, survey: Survey, target: Target) -> list[Brake]:
    """Of a new layer for everyone: public fields that look personal and were not named."""
    spec, wanted = target.spec, request.new_layer
    if spec is None or wanted is None or spec.visibility != Layer.Visibility.PUBLIC:
        return []
    public = {one.column.name for one in target.mapping.columns if one.field.audience == "public"}
    asked = public - set(wanted.public_fields)
    texts = {name: values for name, values in survey.values.items() if name in asked}
    personal = find_personal_columns(texts)
    if not personal:
        return []
    said = "; ".join(f"{one.name}: {one.reason}" for one in personal)
    names = tuple(one.name for one in personal)
    return [Brake("personal-data", len(personal), names, {"found": said})]
