"""Which problems a client asks for: the parameters of GET requests and the query they make."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.contrib.gis.geos import Point, Polygon
from django.contrib.gis.measure import D
from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    TextField,
    When,
)
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput, NotFound
from geoportal.problems.access import list_public_problems
from geoportal.problems.history.redaction import find_shown_words
from geoportal.problems.lists.cards import list_shown_attachments
from geoportal.problems.lists.filters import Row
from geoportal.problems.models import ApiKey, Problem, PublicProblem, StatusChange
from geoportal.problems.open311.parameters import (
    DAY,
    read_bbox,
    read_count,
    read_list,
    read_moment,
    read_number,
    read_text,
)
from geoportal.problems.workflow import ACTIVE, Action, State

STATES = {"open": ACTIVE, "closed": (State.CLOSED, State.ARCHIVED)}
LONGEST_SPAN = timedelta(days=90)
MOST_ROWS = 1000
LONGEST_RADIUS_M = 50_000
USUAL_RADIUS_M = 500
DEGREE_M = 110_000  # a little less than any degree of latitude
LONGEST_NUMBER = 18  # digits that a bigint holds for sure


@dataclass(frozen=True)
class Circle:
    """Around a point in degrees."""

    lon: float
    lat: float
    radius_m: float


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to list; `numbers` leave everything else but the page out of account."""

    numbers: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    states: tuple[State, ...] = ()
    start: datetime | None = None
    end: datetime | None = None
    updated_after: datetime | None = None
    updated_before: datetime | None = None
    circle: Circle | None = None
    bbox_4326: tuple[float, float, float, float] | None = None
    page: int = 1
    page_size: int = MOST_ROWS


def read_wanted(query: QueryDict) -> Wanted:
    """Raises `InvalidInput` for a parameter that cannot be, or for more than 90 days."""
    page = read_count(query, "page", 1)
    page_size = min(read_count(query, "page_size", MOST_ROWS), MOST_ROWS)
    if numbers := read_list(query, "service_request_id"):
        return Wanted(numbers=numbers, page=page, page_size=page_size)
    updated_after = read_moment(query, "updated_after")
    updated_before = read_moment(query, "updated_before", ends=True)
    start, end = _read_span(query, is_free=bool(updated_after or updated_before))
    return Wanted(
        codes=read_list(query, "service_code"),
        states=_read_states(query),
        start=start,
        end=end,
        updated_after=updated_after,
        updated_before=updated_before,
        circle=_read_circle(query),
        bbox_4326=read_bbox(query),
        page=page,
        page_size=page_size,
    )


def list_wanted(wanted: Wanted) -> list[PublicProblem]:
    """Public problems, the newest first; a page beyond the last one is empty."""
    first = (wanted.page - 1) * wanted.page_size
    if first >= 2**31:
        return []
    found = with_shown(list_public_problems()).filter(_build_filter(wanted))
    return list(found.order_by("-pk")[first : first + wanted.page_size])


def get_shown(number: str, key: ApiKey | None) -> Problem:
    """One problem: public, or sent by the key's owner through Open311. Raises `NotFound`."""
    seen = Q(pk__in=list_public_problems().values("pk"))
    if key is not None:
        seen |= Q(source=Problem.Source.OPEN311, reporter=key.owner_id)
    found = with_shown(Problem.objects.filter(seen, pk__in=_read_numbers((number,)))).first()
    if found is None:
        raise NotFound(_("There is no service_request_id “%(number)s”.") % {"number": number})
    return found


def with_shown(problems: QuerySet[Row]) -> QuerySet[Row]:
    """With what `reporting.build_request` reads beside the row itself: no query for each row."""
    public = StatusChange.objects.filter(problem=OuterRef("pk"), is_internal=False).order_by("-pk")
    told = public.filter(words__gt="")
    # What a moderator wrote is between him and the author; it stays so after a publication.
    refused = told.filter(action__in=(Action.REJECT, Action.RETRACT))
    # Of the step that led here: what was said in an earlier turn, or asked, is not the status.
    taken = told.filter(
        action__in=(Action.ACCEPT, Action.ANNOUNCE),
        organisation=OuterRef("organisation"),
        created_at__gte=OuterRef("state_since"),
    )
    closing = told.filter(action=Action.CLOSE)
    pictures = list_shown_attachments().order_by("pk")
    shown = (
        problems.select_related("category", "organisation")
        .prefetch_related(Prefetch("attachments", pictures, to_attr="shown_attachments"))
        .annotate(
            updated_at=Case(
                When(closed_at__isnull=False, then=F("closed_at")),
                default=Coalesce(Subquery(public.values("created_at")[:1]), F("created_at")),
            ),
            status_words=Case(
                When(state=State.REJECTED, then=find_shown_words(refused)),
                When(state=State.ACCEPTED, then=find_shown_words(taken)),
                When(state__in=STATES["closed"], then=find_shown_words(closing)),
                output_field=TextField(),
            ),
        )
    )
    return cast("QuerySet[Row]", shown)


def _build_filter(wanted: Wanted) -> Q:
    if wanted.numbers:
        return Q(pk__in=_read_numbers(wanted.numbers))
    chosen = Q()
    for name, value in (
        ("category__code__in", wanted.codes),
        ("state__in", wanted.states),
        ("created_at__gte", wanted.start),
        ("created_at__lte", wanted.end),
    ):
        if value:
            chosen &= Q(**{name: value})
    chosen &= _build_changed(wanted.updated_after, wanted.updated_before)
    if wanted.bbox_4326:
        chosen &= Q(geom__bboverlaps=Polygon.from_bbox(wanted.bbox_4326))
    if wanted.circle:
        chosen &= _build_circle(wanted.circle)
    return chosen


def _build_changed(after: datetime | None, before: datetime | None) -> Q:
    """By the last public step of the history: the archive, a rating, a hidden photo too.

    The rows after a moment are found by the index `problems_history_public`.
    """
    steps = StatusChange.objects.filter(is_internal=False)
    chosen = Q()
    if after:
        chosen &= Q(pk__in=steps.filter(created_at__gte=after).values("problem"))
    if before:
        chosen &= ~Q(Exists(steps.filter(problem=OuterRef("pk"), created_at__gt=before)))
    return chosen


def _build_circle(circle: Circle) -> Q:
    """The box is found by the index, the circle within it by distances over the sphere."""
    dlat = circle.radius_m / DEGREE_M
    dlon = min(dlat / max(math.cos(math.radians(abs(circle.lat) + dlat)), 0.001), 180.0)
    box = Polygon.from_bbox(
        (circle.lon - dlon, circle.lat - dlat, circle.lon + dlon, circle.lat + dlat)
    )
    centre = Point(circle.lon, circle.lat, srid=4326)
    return Q(geom__bboverlaps=box, geom__distance_lte=(centre, D(m=circle.radius_m)))


def _read_numbers(numbers: tuple[str, ...]) -> list[int]:
    """Those that can be numbers of problems; others are of nobody."""
    return [
        int(each)
        for each in numbers
        if each.isascii() and each.isdecimal() and len(each) <= LONGEST_NUMBER
    ]


def _read_span(query: QueryDict, *, is_free: bool) -> tuple[datetime | None, datetime | None]:
    """When reports were made: the last 90 days unless another span is told.

    `is_free`: the client asks by the time of the change, so nothing is added to what it tells.
    """
    start = read_moment(query, "start_date")
    end = read_moment(query, "end_date", ends=True)
    if start is None and end is None and is_free:
        return None, None
    if end is None:
        end = start + LONGEST_SPAN if start else timezone.now()
    if start is None:
        start = end - LONGEST_SPAN
    # A day alone is meant whole.
    last_day = timedelta(days=1 if DAY.fullmatch(read_text(query, "end_date")) else 0)
    if end - start > LONGEST_SPAN + last_day:
        raise InvalidInput(_("start_date and end_date span more than 90 days."))
    return start, end


def _read_states(query: QueryDict) -> tuple[State, ...]:
    chosen = read_list(query, "status")
    if unknown := set(chosen) - set(STATES):
        raise InvalidInput(
            _("status is open or closed, not “%(value)s”.") % {"value": min(unknown)}
        )
    return tuple(state for each in chosen for state in STATES[each])


def _read_circle(query: QueryDict) -> Circle | None:
    lat, lon = read_number(query, "lat", -90, 90), read_number(query, "long", -180, 180)
    radius_m = read_number(query, "radius", 1, LONGEST_RADIUS_M)
    if lat is None and lon is None and radius_m is None:
        return None
    if lat is None or lon is None:
        raise InvalidInput(_("lat and long belong together."))
    return Circle(lon, lat, radius_m or USUAL_RADIUS_M)
