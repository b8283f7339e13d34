"""`/api/v1/locate/`: where a point lies, and which organisations answer there."""

from django.db import connection
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from geoportal.core.database.named_sql import execute_sql
from geoportal.core.errors import NotFound
from geoportal.problems.models import Category
from geoportal.problems.workflow import RoutingRole
from layers.api.describe import ResponsibleDocument
from layers.api.views import LOCATION
from layers.api.views import LocateView as LocateTerritoriesView
from layers.reading.territories import Location, find_territory_layers, locate_for_routing

NAMED_CATEGORIES = 5


class LocateView(LocateTerritoriesView):
    """Territories of a point, and who answers for it: for all categories, or for one."""

    @extend_schema(
        parameters=[
            OpenApiParameter("lon", float, required=True),
            OpenApiParameter("lat", float, required=True),
            OpenApiParameter("category", str, description="code of a category of problems"),
        ],
        operation_id="locate",
        responses={200: LOCATION},
    )
    def get(self, request: Request) -> Response:
        return super().get(request)

    def list_responsible(self, request: Request, location: Location) -> list[ResponsibleDocument]:
        """`organisation`, `role`, `reason` in words; empty outside the community."""
        category = find_category(request.GET.get("category", ""))
        whole = locate_for_routing(location.lon, location.lat)
        if not (location.inside and whole.inside):
            return []
        return list_responsible(whole, category, location)


def find_category(code: str) -> Category | None:
    """`None` for no code; raises `NotFound` for an unknown one."""
    if not code:
        return None
    category = Category.objects.filter(code=code).first()
    if category is None:
        raise NotFound(_("There is no category “%(code)s”.") % {"code": code})
    return category


def list_responsible(
    whole: Location, category: Category | None, seen: Location
) -> list[ResponsibleDocument]:
    """Organisations with what they do there and why, executors first.

    Found in the territories of all layers, as a publication finds them; only those that the reader
    has `seen` are named.
    """
    ids = find_territory_layers()
    territories = [f"{ids[each.layer]}:{each.key}" for each in whole.territories]
    titles = {f"{ids[each.layer]}:{each.key}": each.title for each in seen.territories}
    values = {"category": category.pk if category else None, "territories": territories}
    with connection.cursor() as cursor:
        execute_sql(cursor, "geoportal.problems.routing", "list_responsible", values)
        rows = cursor.fetchall()
    return [
        {
            "organisation": name,
            "organisation_slug": slug,
            "role": role,
            "reason": build_reason(
                role,
                categories or [],
                None if set(named) - titles.keys() else [titles[each] for each in named],
            ),
        }
        for name, slug, role, categories, named in rows
    ]


def build_reason(role: str, categories: list[str], territories: list[str] | None) -> str:
    """“Executor for: Rubbish, Yards. Territory: North.” `None`: one that must not be named."""
    shown = ", ".join(categories[:NAMED_CATEGORIES])
    if len(categories) > NAMED_CATEGORIES:
        shown = _("%(shown)s and %(count)s more") % {
            "shown": shown,
            "count": len(categories) - NAMED_CATEGORIES,
        }
    place = _("this place")
    if territories is not None:
        place = ", ".join(territories) or _("the whole community")
    return _("%(role)s for: %(categories)s. Territory: %(place)s.") % {
        "role": RoutingRole(role).label,
        "categories": shown or _("all categories"),
        "place": place,
    }
