// Served beside our modules from the package of the MapLibre style specification.
export { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
