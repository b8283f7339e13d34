"""Who gets which answer from tiles, and from what a map elsewhere needs beside them."""

from tests.house.roles import (
    OF_MEMBERS,
    OF_STAFF,
    OPEN,
    REFUSED,
    Case,
    everybody,
    reads,
    reads_of_layers,
)

TILE = "/tiles/{}/8/149/86.mvt"
TILES: dict[str, list[Case]] = {
    "/tiles/style.json": reads(
        ("/tiles/style.json", OPEN),
        ("/tiles/style.json?theme=dark", OPEN),
        ("/tiles/style.json?theme=pink", everybody(400)),
    ),
    # What is named in it differs, tests of `tiles.live` show how.
    "/tiles/changes": reads(("/tiles/changes", OPEN), ("/tiles/changes?since=x", everybody(400))),
    "/tiles/<slugs>/style.json": reads_of_layers("/tiles/{}/style.json"),
    "/tiles/glyphs/<font>/<points>.pbf": reads(
        ("/tiles/glyphs/Onest%20Variable/1024-1279.pbf", OPEN),
        ("/tiles/glyphs/Arial/1024-1279.pbf", everybody(404)),
    ),
    "/tiles/sprites/<name>.<form>": reads(("/tiles/sprites/light-0123456789abcdef.json", OPEN)),
    "/tiles/<slugs>.json": reads_of_layers("/tiles/{}.json")
    + reads(("/tiles/trees,closed.json", OF_STAFF)),
    "/tiles/<slugs>/<z>/<x>/<y>.mvt": reads_of_layers(TILE)
    + reads(
        (TILE.format("trees,club"), OF_MEMBERS),
        ("/tiles/trees/3/8/0.mvt", REFUSED),
    ),
    "/tiles/basemap/<name>": reads(("/tiles/basemap/absent.pmtiles", REFUSED)),
    "/tiles/basemap/<name>/style.json": reads(
        ("/tiles/basemap/absent.pmtiles/style.json", REFUSED)
    ),
    # Those of a layer that is not public are never made, so nobody finds them.
    "/tiles/archives/<file>.pmtiles": reads(
        ("/tiles/archives/layers/closed.0123456789abcdef.pmtiles", REFUSED)
    ),
    "/tiles/archives/style.json": reads(
        # Until there is an archive.
        ("/tiles/archives/style.json", REFUSED),
        ("/tiles/archives/style.json?theme=pink", everybody(400)),
    ),
    "/tiles/archives/<name>.json": reads(
        ("/tiles/archives/layers/closed.json", REFUSED), ("/tiles/archives/other.json", REFUSED)
    ),
}
