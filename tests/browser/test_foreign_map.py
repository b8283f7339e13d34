"""A page of another site knows the address of a style, and draws names and icons from it alone."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from layers.models import Feature
from tests.browser.conftest import SHARP
from tests.browser.test_map import FIRST_PHARMACY

pytestmark = SHARP
MAPLIBRE = Path("node_modules/maplibre-gl/dist")
NAME = "Ґанок зʼїзду"
PAGE = """<!doctype html><meta charset="utf-8"><title>elsewhere</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="maplibre-gl.css">
<div id="map" style="width: 600px; height: 400px"></div>
<script type="module">
import * as maplibre from "./maplibre-gl.mjs";
maplibre.setWorkerUrl(new URL("./maplibre-gl-worker.mjs", import.meta.url).href);
const asked = new URLSearchParams(location.search);
window.map = new maplibre.Map({
  container: "map",
  style: asked.get("style"),
  center: [asked.get("lon"), asked.get("lat")],
  zoom: 17,
  fadeDuration: 0,
  canvasContextAttributes: { preserveDrawingBuffer: true },
});
window.faults = [];
map.on("error", ({ error }) => faults.push(String(error)));
map.on("styleimagemissing", ({ id }) => faults.push(`no image ${id}`));
map.once("idle", () => { document.body.dataset.idle = "yes"; });
</script>"""
DRAWN = """() => map.queryRenderedFeatures({ layers: map.getStyle().layers
  .filter(({ type }) => type === "symbol").map(({ id }) => id) })
  .map(({ layer, properties }) => [layer.id, properties.name])"""
# How many points of the name, below the icon in the middle, are near a colour.
COLOURED = """([red, green, blue]) => {
  const from = map.getCanvas();
  const canvas = Object.assign(document.createElement("canvas"),
    { width: from.width, height: from.height });
  const context = canvas.getContext("2d");
  context.drawImage(from, 0, 0);
  const { data } = context.getImageData(240, 216, 120, 30);
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    const away = Math.abs(data[at] - red) + Math.abs(data[at + 1] - green)
      + Math.abs(data[at + 2] - blue);
    if (away < 260) count += 1;
  }
  return count;
}"""


class Files(http.server.SimpleHTTPRequestHandler):
    """The other site: its page, and MapLibre as npm has it."""

    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
    }

    def do_GET(self) -> None:
        if not self.path.startswith("/?"):
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *_args: object) -> None:
        """Nothing is said of each file."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    if not MAPLIBRE.is_dir():
        pytest.skip("the npm packages are not installed")
    handler = functools.partial(Files, directory=str(MAPLIBRE.resolve()))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def named(community: str) -> str:
    """A name with the letters that fonts of elsewhere often lack."""
    feature = Feature.objects.get(layer__slug="pharmacies", key="0")
    feature.properties["name"] = NAME
    feature.save()
    return community


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("style", ["style", "pharmacies/style"])
def test_it_draws_names_with_rare_letters_and_icons(named, elsewhere, page, style, theme):
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    lon, lat = FIRST_PHARMACY
    url = f"{named}/tiles/{style}.json%3Ftheme={theme}"
    page.goto(f"{elsewhere}/?style={url}&lon={lon}&lat={lat}")
    page.wait_for_selector("body[data-idle]")
    assert complaints == []
    assert page.evaluate("faults") == []
    assert ["pharmacies--2", NAME] in page.evaluate(DRAWN)
    assert any(name == "pharmacies--1" for name, _text in page.evaluate(DRAWN))
    text = (0x2A, 0x2F, 0x36) if theme == "light" else (0xE3, 0xE7, 0xEC)
    assert page.evaluate(COLOURED, list(text)) > 40
    credit = page.locator(".maplibregl-ctrl-attrib-inner").text_content()
    assert "© Міська рада (CC BY 4.0)" in credit
    letters = [each for each in asked if "/tiles/glyphs/" in each]
    assert {"512-767", "1024-1279"} <= {each.rsplit("/")[-1].split(".")[0] for each in letters}
    assert any("/tiles/sprites/" in each and each.endswith(".png") for each in asked)
