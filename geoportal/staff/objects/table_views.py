"""The table of a layer's objects."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from geoportal.staff.access import access_working_layer, working_page
from geoportal.staff.layer_context import build_layer_context
from geoportal.staff.objects.query import Asked, read_query
from geoportal.staff.objects.table import get_object_table, list_seen_fields


@require_safe
@working_page
def objects_page(request: HttpRequest, slug: str) -> HttpResponse:
    layer = access_working_layer(request.user, slug)
    fields = list_seen_fields(request.user, layer)
    query = read_query(request.GET, fields)
    table = get_object_table(request.user, layer, query)
    kept = {name: str(value) for name, value in request.GET.items() if name != "after" and value}
    context = build_layer_context(request, layer, "objects") | {
        "fields": fields,
        "query": query,
        "asked": Asked.choices,
        "table": table,
        "next": f"?{urlencode(kept | {'after': table.after})}" if table.after else "",
        "first": f"?{urlencode(kept)}" if query.after else "",
    }
    return render(request, "staff/objects/table.html", context)
