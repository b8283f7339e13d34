"""Imports as JSON documents; their types are the OpenAPI description."""

from typing import Any, Literal, TypedDict, cast, get_args

from rest_framework.request import Request
from rest_framework.reverse import reverse

from importers.brakes.brake import BrakeJson
from importers.issues import Severity
from importers.models import Import
from importers.stages.agreeing import list_brakes
from importers.stages.parts import Part
from importers.stages.questions import QuestionJson
from importers.stages.selectors import IssueGroup, group_issues, list_questions

StateName = Literal[
    "inspecting",
    "asking",
    "checking",
    "ready",
    "publishing",
    "published",
    "failed",
    "cancelled",
]


# The description names the enumeration by them.
STATE_NAMES = [(name, name) for name in get_args(StateName)]
StageState = Literal["running", "done", "failed"]


class ProgressDocument(TypedDict):
    """Rows of the stage that runs; `total` where the file tells it."""

    rows: int
    total: int | None


class StageDocument(TypedDict):
    """`name`: inspect, questions, check, preview, publish; `state`: running, done, failed."""

    name: str
    state: StageState
    started_at: str
    finished_at: str | None
    result: dict[str, Any]


class IssueGroupDocument(TypedDict):
    """Remarks of one code; `rows`: the first of them."""

    code: str
    severity: Severity
    count: int
    example: str
    rows: list[int]


class ImportSummaryDocument(TypedDict):
    """An import in a list. `layer`: the slug of the layer it goes into, or makes.

    `part`: the title of its dataset, where the file holds several; `group`: what came together.
    `author` sent the file, `publisher` said that it be published.
    """

    id: int
    url: str
    state: Literal[
        "inspecting",
        "asking",
        "checking",
        "ready",
        "publishing",
        "published",
        "failed",
        "cancelled",
    ]
    title: str
    name: str
    size: int
    part: str
    group: int | None
    layer: str
    creates: bool
    author: str | None
    publisher: str | None
    created_at: str
    state_since: str
    error: str
    changeset: int | None


class ImportDocument(ImportSummaryDocument):
    """`brakes`: what somebody must say yes to before it is published."""

    comment: str
    answers: dict[str, Any]
    progress: ProgressDocument
    stages: list[StageDocument]
    questions: list[QuestionJson]
    issues: list[IssueGroupDocument]
    brakes: list[BrakeJson]


class ImportsDocument(TypedDict):
    """A page, the latest first; `next` is the URL of the page of earlier ones."""

    imports: list[ImportSummaryDocument]
    next: str | None


class PartDocument(TypedDict):
    """A dataset of the file and what is proposed for it.

    `rows`, `geometry`: as the file says, null where only reading would tell; "" has no places.
    `layer`: where it would go, a new one with `create`. `taken`: the import that it is already.
    """

    dataset: str
    title: str
    rows: int | None
    geometry: str | None
    layer: str
    create: bool
    chosen: bool
    taken: int | None


class PartsDocument(TypedDict):
    """Datasets of the file in its order; empty where it holds one alone."""

    parts: list[PartDocument]


class ChangeDocument(TypedDict):
    """A GeoJSON Feature as the import would leave it; a removed one as it stands."""

    type: Literal["Feature"]
    id: str
    action: Literal["added", "changed", "removed"]
    geometry: dict[str, Any] | None
    properties: dict[str, Any]
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class ChangesDocument(TypedDict):
    """A page of a FeatureCollection in the order of keys; `next` is the URL of the next one."""

    type: Literal["FeatureCollection"]
    features: list[ChangeDocument]
    next: str | None


def describe_summary(request: Request, import_: Import) -> ImportSummaryDocument:
    return {
        "id": import_.pk,
        "url": reverse("import", [import_.pk], request=request),
        "state": cast("StateName", import_.state),
        "title": str(import_.get_state_display()),
        "name": import_.name,
        "size": import_.size,
        "part": import_.part,
        "group": import_.group_id,
        "layer": import_.slug,
        "creates": import_.creates,
        "author": str(import_.author) if import_.author else None,
        "publisher": str(import_.publisher) if import_.publisher else None,
        "created_at": import_.created_at.isoformat(),
        "state_since": import_.state_since.isoformat(),
        "error": import_.error,
        "changeset": import_.changeset_id,
    }


def describe_import(request: Request, import_: Import) -> ImportDocument:
    return {
        **describe_summary(request, import_),
        "comment": import_.comment,
        "answers": import_.answers,
        "progress": {"rows": import_.progress_rows, "total": import_.progress_total},
        "stages": [
            {
                "name": stage.name,
                "state": cast("StageState", stage.state),
                "started_at": stage.started_at.isoformat(),
                "finished_at": stage.finished_at.isoformat() if stage.finished_at else None,
                "result": stage.result if stage.name != "questions" else {},
            }
            for stage in import_.stages.all()
        ],
        "questions": list_questions(import_),
        "issues": [describe_group(group) for group in group_issues(import_)],
        "brakes": [brake.as_json() for brake in list_brakes(import_)],
    }


def describe_part(part: Part) -> PartDocument:
    return {
        "dataset": part.dataset,
        "title": part.title,
        "rows": part.rows,
        "geometry": part.geometry,
        "layer": part.layer or part.slug,
        "create": not part.layer,
        "chosen": part.chosen,
        "taken": part.taken,
    }


def describe_group(group: IssueGroup) -> IssueGroupDocument:
    return {
        "code": group.code,
        "severity": group.severity,
        "count": group.count,
        "example": group.example,
        "rows": list(group.rows),
    }
