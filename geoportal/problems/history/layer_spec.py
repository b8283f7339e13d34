"""The schema, the passport and the style of the layer `problems`."""

from django.utils import translation

from geoportal.mapkit.state_look import get_state_colour
from geoportal.problems.workflow import PUBLISHED, Resolution, State
from layers.models import Layer, LayerField
from layers.schema.specs import Choice, FieldSpec, LayerSpec

LAYER_SLUG = "problems"
Type = LayerField.Type

RESOLUTION_TITLES = {
    Resolution.SOLVED: ("Вирішено", "Solved"),
    Resolution.NOT_SOLVABLE: ("Неможливо вирішити", "Cannot be solved"),
    Resolution.DUPLICATE: ("Об’єднано з іншою проблемою", "Joined with another problem"),
}


def title_state(state: State) -> tuple[str, str]:
    """The words of the workflow, Ukrainian and English."""
    titles = []
    for language in ("uk", "en"):
        with translation.override(language):
            titles.append(str(state.label))
    return titles[0], titles[1]


def _list_states() -> tuple[Choice, ...]:
    titles = ((state, title_state(state)) for state in PUBLISHED)
    return tuple(Choice(value=state.value, title_uk=uk, title_en=en) for state, (uk, en) in titles)


def _list_resolutions() -> tuple[Choice, ...]:
    return tuple(
        Choice(value=value.value, title_uk=uk, title_en=en)
        for value, (uk, en) in RESOLUTION_TITLES.items()
    )


def list_fields() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec(name="number", type=Type.INTEGER, title_uk="Номер", title_en="Number",
                  required=True, searchable=True),
        FieldSpec(name="title", title_uk="Назва", title_en="Title", required=True, searchable=True),
        FieldSpec(name="description", title_uk="Опис", title_en="Description"),
        FieldSpec(name="status", title_uk="Статус", title_en="Status", required=True,
                  choices=_list_states()),
        FieldSpec(name="resolution", title_uk="Чим закінчилося", title_en="Resolution",
                  choices=_list_resolutions()),
        FieldSpec(name="category", title_uk="Код категорії", title_en="Category code"),
        FieldSpec(name="category_title", title_uk="Категорія", title_en="Category"),
        FieldSpec(name="category_icon", title_uk="Значок", title_en="Icon"),
        FieldSpec(name="address", title_uk="Адреса", title_en="Address", searchable=True),
        FieldSpec(name="reported_on", type=Type.DATE, title_uk="Повідомлено", title_en="Reported"),
        FieldSpec(name="published_on", type=Type.DATE, title_uk="Опубліковано",
                  title_en="Published"),
        FieldSpec(name="accepted_on", type=Type.DATE, title_uk="Прийнято", title_en="Accepted"),
        FieldSpec(name="closed_on", type=Type.DATE, title_uk="Закрито", title_en="Closed"),
        FieldSpec(name="planned_on", type=Type.DATE, title_uk="Обіцяна дата",
                  title_en="Announced date"),
        FieldSpec(name="due_on", type=Type.DATE, title_uk="Орієнтовний строк", title_en="Due"),
        FieldSpec(name="organisation", title_uk="Організація", title_en="Organisation"),
        FieldSpec(name="organisation_slug", title_uk="Код організації",
                  title_en="Organisation code"),
        FieldSpec(name="votes", type=Type.INTEGER, title_uk="Голосів", title_en="Votes"),
        FieldSpec(name="rating", type=Type.INTEGER, title_uk="Оцінка автора",
                  title_en="Author’s rating"),
        FieldSpec(name="merged_into", type=Type.INTEGER, title_uk="Об’єднано з №",
                  title_en="Joined with No."),
        FieldSpec(name="thumbnail", title_uk="Фото", title_en="Photo"),
    )  # fmt: skip


def build_spec() -> LayerSpec:
    """The layer as it is made on the first publication; administrators may edit its passport."""
    return LayerSpec(
        slug=LAYER_SLUG,
        kind=Layer.Kind.PROBLEMS,
        title_uk="Проблеми",
        title_en="Problems",
        description_uk="Повідомлення мешканців про проблеми громади та їхній стан.",
        description_en="Problems of the community that residents reported, and their state.",
        geometry_type=Layer.GeometryType.POINT,
        title_field="title",
        icon="message-circle-warning",
        color=get_state_colour(State.OPEN),
        style=build_style(),
        shown_by_default=False,
        update_frequency=Layer.Frequency.CONTINUOUS,
        keywords=("проблеми", "звернення мешканців", "благоустрій"),
        fields=list_fields(),
    )


def build_style() -> dict[str, object]:
    """Circles in the four colours, for the layer as any client of `/tiles/style.json` draws it."""
    return {
        "light": [_draw_circles("light", halo="#ffffff")],
        "dark": [_draw_circles("dark", halo="#14171b")],
        "legend": [
            {
                "color": get_state_colour(state),
                "shape": "circle",
                "title_uk": title_state(state)[0],
                "title_en": title_state(state)[1],
            }
            for state in PUBLISHED
        ],
    }


def _draw_circles(theme: str, *, halo: str) -> dict[str, object]:
    colour: list[object] = ["match", ["get", "status"]]
    for state in PUBLISHED:
        colour += [state.value, get_state_colour(state, theme)]
    return {
        "type": "circle",
        "paint": {
            "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, 3, 16, 8],
            "circle-color": [*colour, get_state_colour(State.ARCHIVED, theme)],
            "circle-stroke-color": halo,
            "circle-stroke-width": 1.5,
        },
    }
