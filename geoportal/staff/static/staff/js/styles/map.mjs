/** The map of the style editor: the ground, and the one layer. */

import { fetchJson } from "../../../interface/js/requests.mjs";
import { createMap } from "../../../mapkit/js/engine.mjs";
import { findBounds } from "../../../mapkit/js/geometry.mjs";
import { Overlays } from "../../../mapkit/js/overlays.mjs";
import { PreviewLayer } from "./preview_layer.mjs";

const EDGE_PX = 32;

/**
 * What shows drafts on a map, or `null` where there is no map: the form works without it.
 *
 * @param {HTMLElement} container
 * @param {MapConfig} config
 * @param {string} slug
 * @param {(zoom: number) => void} tellZoom
 */
export async function startPreviewMap(container, config, slug, tellZoom) {
  const preview = new PreviewLayer(slug);
  try {
    /** @type {LayerDocument} */
    const layer = await fetchJson(`/api/v1/layers/${slug}/`);
    const bounds = layer.extent ?? config.bounds;
    const map = await createMap(container, {
      config,
      overlays: new Overlays(),
      extras: [preview],
      isShown: (shown) => shown === slug,
      start: bounds ? { bounds } : {},
      padding: EDGE_PX,
    });
    if (map.getZoom() < layer.min_zoom) await goWhereItIsDrawn(map, layer);
    const tell = () => tellZoom(map.getZoom());
    map.on("zoom", tell);
    tell();
    return preview;
  } catch (error) {
    console.warn("the map of the style editor did not start", error);
    return null;
  }
}

/**
 * To one of its objects, as near as the layer is seen.
 *
 * @param {MapLibre} map
 * @param {LayerDocument} layer
 */
async function goWhereItIsDrawn(map, layer) {
  /** @type {GeoJSON.FeatureCollection} */
  const page = await fetchJson(`/ogc/collections/${layer.slug}/items?limit=1`);
  const geometry = page.features[0]?.geometry;
  if (!geometry) return;
  const [west, south, east, north] = findBounds(geometry);
  map.jumpTo({ center: [(west + east) / 2, (south + north) / 2], zoom: layer.min_zoom + 1 });
}
