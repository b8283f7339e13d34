"""What an import found and would change, over HTTP: remarks, and the difference as GeoJSON."""

from collections.abc import Iterable, Iterator
from typing import Any, TypedDict

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from geoportal.core.http.openapi import describe_document
from geoportal.core.words.csv_text import CsvText, guard_formula
from importers.api.documents import ChangeDocument, ChangesDocument
from importers.api.views import PREVIEW_ETAG, ImportingView, name_answer
from importers.issues import IssueJson
from importers.stages.differences import Change, read_changes
from importers.stages.selectors import (
    access_import,
    iterate_issue_rows,
    list_issues,
    read_issue,
)
from layers.api.changesets import GEOJSON, PAGE_PARAMETER, build_next, parse_page
from layers.reading.parameters import parse_bbox, parse_whole

PIECE_LETTERS = 1 << 16
CODE = OpenApiParameter("code", str, description="only remarks of this code")


class ImportIssuesDocument(TypedDict):
    """A page in the order they were found; `next` is the URL of the next one."""

    issues: list[IssueJson]
    next: str | None


class ImportIssuesView(ImportingView):
    """Remarks about rows of the file, by their numbers in it."""

    @extend_schema(
        operation_id="issues_of_import",
        parameters=[CODE, PAGE_PARAMETER, OpenApiParameter("after", int)],
        responses={200: describe_document(ImportIssuesDocument)},
    )
    def get(self, request: Request, number: int) -> Response:
        import_ = access_import(request.user, number)
        limit = parse_page(request)
        after = parse_whole(request.GET.get("after"), "after", 0)
        found = list_issues(import_, request.GET.get("code", "")).filter(pk__gt=after)
        page = list(found[: limit + 1])
        shown = page[:limit]
        document: ImportIssuesDocument = {
            "issues": [read_issue(kept).as_json() for kept in shown],
            "next": build_next(request, after=shown[-1].pk) if len(page) > limit else None,
        }
        return Response(document)


class ImportIssuesTableView(ImportingView):
    """All remarks as CSV, for who corrects the file."""

    @extend_schema(
        operation_id="issues_of_import_as_csv",
        parameters=[CODE],
        responses={(200, "text/csv"): OpenApiTypes.STR},
    )
    def get(self, request: Request, number: int) -> StreamingHttpResponse:
        import_ = access_import(request.user, number)
        pieces = iterate_csv(iterate_issue_rows(import_, request.GET.get("code", "")))
        response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
        name = f"import-{import_.pk}-issues.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def iterate_csv(rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    text = CsvText()
    for row in rows:
        text.write(map(guard_formula, row))
        if text.size > PIECE_LETTERS:
            yield text.take()
    yield text.take()


class PreviewView(ImportingView):
    """What the import would change, by key: each feature as it stands and as it would stand."""

    @extend_schema(
        operation_id="preview_of_import",
        parameters=[
            OpenApiParameter("action", str, enum=["added", "changed", "removed"]),
            OpenApiParameter("bbox", str, description="west,south,east,north in degrees"),
            PAGE_PARAMETER,
            OpenApiParameter("after", str, description="take it from `next`"),
            PREVIEW_ETAG,
        ],
        responses={(200, GEOJSON): describe_document(ChangesDocument)},
    )
    def get(self, request: Request, number: int) -> Response:
        import_ = access_import(request.user, number)
        limit = parse_page(request)
        page = read_changes(
            import_,
            action=request.GET.get("action", ""),
            bbox=parse_bbox(request.GET.get("bbox")),
            after=request.GET.get("after", ""),
            limit=limit + 1,
        )
        shown = page[:limit]
        document: ChangesDocument = {
            "type": "FeatureCollection",
            "features": [describe_change(change) for change in shown],
            "next": build_next(request, after=shown[-1].key) if len(page) > limit else None,
        }
        return name_answer(Response(document, content_type=GEOJSON), import_)


def describe_change(change: Change) -> ChangeDocument:
    shown: Any = change.after or change.before or {}
    return {
        "type": "Feature",
        "id": change.key,
        "action": change.action,  # type: ignore[typeddict-item]
        "geometry": shown.get("geometry"),
        "properties": shown.get("properties", {}),
        "before": dict(change.before) if change.before else None,
        "after": dict(change.after) if change.after else None,
    }
