"""An Atom feed of the newest public problems under the same filter as the list (RFC 4287)."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geoportal.interface.community import get_portal_name
from geoportal.problems.access import list_public_problems
from geoportal.problems.lists.cards import with_cards
from geoportal.problems.lists.filters import parse_filter
from geoportal.problems.lists.paging import Sort, get_page
from geoportal.problems.personal_data.plain_text import drop_unwritable

ENTRIES = 50


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The fifty newest; raises `InvalidInput` for a filter that cannot be."""
    chosen = parse_filter(request.GET, request.user)
    found = with_cards(chosen.apply(list_public_problems()))
    page = get_page(found, Sort.NEWEST, size=ENTRIES)
    query = f"?{chosen.as_query()}" if chosen else ""
    build = request.build_absolute_uri
    atom = Atom1Feed(
        title=_("%(portal)s: problems of the community") % {"portal": get_portal_name()},
        link=build(reverse("web:problems") + query),
        feed_url=build(reverse("web:problem-feed") + query),
        description=None,
        language=get_language(),
    )
    for problem in page.rows:
        atom.add_item(
            title=drop_unwritable(f"№ {problem.pk} {problem.title}"),
            link=build(reverse("web:problem", args=[problem.pk])),
            description=drop_unwritable(problem.description),
            pubdate=problem.published_at,
            updateddate=problem.state_since,
            categories=[str(problem.get_state_display()), problem.category.title],
            unique_id=build(reverse("web:problem", args=[problem.pk])),
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)
