/** In place of the decoder of MapLibre Tiles: the portal and its base maps are of Mapbox vector tiles. */

export const GEOMETRY_TYPE = {};

export function decodeTile() {
  throw new Error("Tiles in the format MLT are not read here; serve them as MVT.");
}
