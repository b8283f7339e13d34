"""Which URL goes where, grouped by who may call."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import URLPattern, include, path
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.views import SpectacularAPIView

import geoportal.interface.urls
import tiles.views
from geoportal.accounts.policies import is_staff
from geoportal.core import health
from geoportal.core.metrics.views import metrics
from geoportal.mapkit.card_view import CardView
from geoportal.problems.forms.media_actions import act_with_files
from geoportal.problems.forms.views import act
from geoportal.problems.media.views import problem_media
from geoportal.problems.routing.locate_view import LocateView
from geoportal.problems.tiles import views as problem_map
from geoportal.staff.administration import lead_to_layers
from geoportal.uploads import tus
from geoportal.web.views.profile import switch_language
from importers.api.urls import schedule_urls
from layers.api import views as api
from layers.api.archiving import ArchiveView, RestoreView
from layers.api.changesets import ChangesetsView, ChangesetView, DiffView
from layers.api.edits import EditsView
from layers.api.features import FeaturesView, FeatureView
from layers.api.nearest import NearestView
from layers.api.photos import FeaturePhotosView
from layers.api.schema import SchemaView
from layers.api.search import SearchView
from layers.downloads import photos
from layers.downloads import views as downloads
from layers.ogc import views as ogc
from tiles.archives import views as archives
from tiles.basemap import views as basemap
from tiles.live import views as live
from tiles.ogc import views as ogc_tiles
from tiles.style import views as style_views


def without_forms(*patterns: URLPattern) -> list[URLPattern]:
    """URLs that only answer reads: another method is refused for itself, not for a missing token.

    Views of the REST framework are exempt already; they check the token of a session themselves.
    """
    for pattern in patterns:
        pattern.callback = csrf_exempt(pattern.callback)
    return list(patterns)


# Signing in goes through the one page that counts attempts and asks the second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.index = lead_to_layers(admin.site.index)  # type: ignore[assignment,method-assign]
admin.site.site_title = admin.site.site_header = gettext_lazy("Administration")
admin.site.has_permission = lambda request: is_staff(request.user)  # type: ignore[method-assign]

open_data = without_forms(
    path("ogc/", ogc.landing, name="ogc"),
    path("ogc", ogc.landing),
    path("ogc/conformance", ogc.conformance),
    path("ogc/api", ogc.api),
    path("ogc/collections", ogc.collections),
    path("ogc/collections/<str:slug>", ogc.collection),
    path("ogc/collections/<str:slug>/items", ogc.items),
    path("ogc/collections/<str:slug>/items/<path:key>", ogc.item),
    path("ogc/tileMatrixSets", ogc_tiles.matrix_sets),
    path("ogc/tileMatrixSets/<str:matrix_set>", ogc_tiles.matrix_set),
    path("ogc/tiles", ogc_tiles.tilesets),
    path("ogc/tiles/<str:matrix_set>", ogc_tiles.tileset),
    path("ogc/tiles/<str:matrix_set>/<str:z>/<str:row>/<str:column>", ogc_tiles.tile),
    path("ogc/collections/<str:slug>/tiles", ogc_tiles.tilesets),
    path("ogc/collections/<str:slug>/tiles/<str:matrix_set>", ogc_tiles.tileset),
    path(
        "ogc/collections/<str:slug>/tiles/<str:matrix_set>/<str:z>/<str:row>/<str:column>",
        ogc_tiles.tile,
    ),
    path("tiles/changes", live.changes, name="tile-changes"),
    path("tiles/style.json", style_views.style, name="style"),
    path("tiles/archives/style.json", archives.style, name="archive-style"),
    path("tiles/<str:slugs>/style.json", style_views.style_of_layers, name="style-of-layers"),
    path("tiles/<str:slugs>.json", style_views.tilejson, name="tilejson"),
    path("tiles/glyphs/<str:font>/<str:points>.pbf", style_views.glyphs, name="glyphs"),
    path("tiles/sprites/<str:name>.<str:form>", style_views.sprite, name="sprite"),
    path("tiles/basemap/<str:name>/style.json", basemap.basemap_style, name="basemap-style"),
    path("tiles/basemap/<str:name>", basemap.basemap_file, name="basemap-file"),
    path("tiles/archives/<path:file>.pmtiles", archives.archive, name="archive"),
    path("tiles/archives/<path:name>.json", archives.current, name="current-archive"),
    path("tiles/<str:slugs>/<str:z>/<str:x>/<str:y>.mvt", tiles.views.tile, name="tile"),
    path("data/<slug:slug>.<str:extension>", downloads.download, name="download"),
    path("photos/<uuid:photo_id>.jpg", photos.photo, name="photo"),
    path("photos/<uuid:photo_id>-small.jpg", photos.thumbnail, name="photo-thumbnail"),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("api/v1/layers/", api.LayersView.as_view(), name="layers"),
    path("api/v1/layers/<str:slug>/changesets/", ChangesetsView.as_view()),
    path("api/v1/layers/<str:slug>/changesets/<int:number>/", ChangesetView.as_view()),
    path("api/v1/layers/<str:slug>/diff/", DiffView.as_view()),
    path("api/v1/layers/<str:slug>/cards/<path:key>/", CardView.as_view(), name="card"),
    path("api/v1/search/", SearchView.as_view(), name="search"),
    path("api/v1/nearest/", NearestView.as_view(), name="nearest"),
    path("api/v1/locate/", LocateView.as_view(), name="locate"),
    path("problems/tiles/<str:z>/<str:x>/<str:y>.mvt", problem_map.tile, name="problem-tile"),
    path("api/v1/problems/in-view/", problem_map.in_view, name="problems-in-view"),
    path("api/v1/problems/<int:number>/card/", problem_map.card, name="problem-card"),
)

# Anyone who sees the layer reads; its editors write.
editing = [
    path("api/v1/layers/<str:slug>/", api.LayerView.as_view(), name="layer-description"),
    path("api/v1/layers/<str:slug>/schema/", SchemaView.as_view()),
    path("api/v1/layers/<str:slug>/archive/", ArchiveView.as_view()),
    path("api/v1/layers/<str:slug>/restore/", RestoreView.as_view()),
    path("api/v1/layers/<str:slug>/edits/", EditsView.as_view(), name="edits"),
    path("api/v1/layers/<str:slug>/features/", FeaturesView.as_view(), name="features"),
    path("api/v1/layers/<str:slug>/features/<path:key>/", FeatureView.as_view()),
    path("api/v1/layers/<str:slug>/photos/<path:key>/", FeaturePhotosView.as_view()),
]

# Files in pieces, by tus; who may send is said by whoever takes them.
sending = [
    path("api/v1/uploads/<slug:purpose>/", tus.UploadsView.as_view(), name="uploads"),
    path(
        "api/v1/uploads/<slug:purpose>/<uuid:upload_id>/", tus.UploadView.as_view(), name="upload"
    ),
]

# Files become changesets; each service checks whose layer it is.
importing = [
    path("api/v1/imports/", include("importers.api.urls")),
    path("api/v1/schedules/", include(schedule_urls)),
]

# People change problems: authors, residents, moderators, officers; each service checks who it is.
working = [
    path("problems/<int:number>/actions/<slug:action>/", act, name="problem-action"),
    path(
        "problems/<int:number>/actions/<slug:action>/files/",
        act_with_files,
        name="problem-action-files",
    ),
    path(
        "problems/<int:number>/media/<int:attachment_id>/<slug:part>",
        problem_media,
        name="problem-media",
    ),
    path("api/v1/problems/", include("geoportal.problems.api.urls")),
]

# Other systems, by GeoReport v2: everyone reads, keys write.
machines = [path("open311/", include("geoportal.problems.open311.urls"))]

staff = [path("admin/", admin.site.urls)]

looks = without_forms(*geoportal.interface.urls.urlpatterns)

operators = without_forms(
    path("livez", health.live), path("readyz", health.ready), path("metrics", metrics)
)

pages = [
    path("i18n/setlang/", switch_language, name="set_language"),
    path("", include("geoportal.web.urls")),
    path("", include("geoportal.pages.urls")),
    path("accounts/", include("allauth.urls")),
    path("cabinet/", include("geoportal.cabinets.urls")),
    path("moderation/", include("geoportal.cabinets.moderation.urls")),
    path("staff/", include("geoportal.staff.urls")),
    path("notifications/", include("geoportal.notifications.urls")),
]

urlpatterns = [
    *(open_data + editing + sending + importing + working),
    *(machines + staff + looks + operators + pages),
]
handler400 = "geoportal.core.http.problem_details.bad_request"
handler404 = "geoportal.core.http.problem_details.page_not_found"
handler429 = "geoportal.core.http.problem_details.too_many_requests"
handler500 = "geoportal.core.http.problem_details.server_error"
