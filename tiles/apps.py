from django.apps import AppConfig


class TilesConfig(AppConfig):
    name = "tiles"
    label = "tiles"

    def ready(self) -> None:
        from geoportal.core.clock import run_by_clock
        from geoportal.core.metrics.exposition import expose
        from layers.downloads.formats import offer_format
        from layers.ogc.extensions import register_extension
        from layers.signals import features_written
        from tiles.archives.building import queue_due
        from tiles.archives.download import PMTILES
        from tiles.basemap import checks  # noqa: F401  are registered
        from tiles.borders.sharing import share_after_changeset, share_by_clock
        from tiles.counting import fold_cells
        from tiles.folding import fold_touches
        from tiles.heavy import drop_outdated
        from tiles.metrics import list_families
        from tiles.ogc.part import PART

        run_by_clock("touched tiles folded", fold_touches)
        run_by_clock("archives dropped", queue_due)
        run_by_clock("cells of points added up", fold_cells)
        run_by_clock("heavy tiles of before forgotten", drop_outdated)
        expose("tiles", list_families)
        run_by_clock("borders of territories shared", share_by_clock)
        features_written.connect(share_after_changeset)
        offer_format(PMTILES)
        register_extension(PART)
