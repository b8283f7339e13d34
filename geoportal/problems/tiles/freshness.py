"""What an answer about problems depends on, read in one round trip."""

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from geoportal.core.database.named_sql import execute_sql
from geoportal.core.http.answers import build_etag
from geoportal.problems.categories.working_days import kyiv_day
from geoportal.problems.history.layer_spec import LAYER_SLUG
from geoportal.problems.lists.filters import ProblemFilter


def build_problems_etag(request: HttpRequest, chosen: ProblemFilter, *parts: object) -> str:
    """Another tag as soon as anything that is shown changes, at a midnight of Kyiv as well.

    Every deadline is a midnight of Kyiv, so between two of them nothing becomes overdue by itself.
    """
    with connection.cursor() as cursor:
        execute_sql(cursor, "geoportal.problems.tiles", "freshness", {"layer": LAYER_SLUG})
        versions = cursor.fetchone()
    reader = request.user.pk if chosen.mine is not None else None
    today = kyiv_day(timezone.now())
    return build_etag(versions, chosen, today, get_language(), reader, *parts)
