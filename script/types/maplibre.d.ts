/** MapLibre's types under names that comments of modules can use without importing. */

type MapLibre = import("maplibre-gl").Map;
type MapStyle = import("maplibre-gl").StyleSpecification;
type StyleLayer = import("maplibre-gl").LayerSpecification;
type StyleSource = import("maplibre-gl").SourceSpecification;
type VectorSource = import("maplibre-gl").VectorSourceSpecification;
type Expression = import("maplibre-gl").ExpressionSpecification;
type GeoJSONSource = import("maplibre-gl").GeoJSONSource;
type VectorTileSource = import("maplibre-gl").VectorTileSource;
type MapFeature = import("maplibre-gl").MapGeoJSONFeature;
type MapPointer = import("maplibre-gl").MapMouseEvent;
type LngLat = import("maplibre-gl").LngLat;
type StyleSymbols = import("maplibre-gl").SymbolLayerSpecification["layout"];
