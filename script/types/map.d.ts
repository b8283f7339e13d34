/** What modules with a map hand to one another. */

interface MapView extends LonLat {
  zoom: number;
}

/** Whom the browser has located, if anybody; changes while the page stands. */
interface Person {
  place: Degrees | null;
}

/** An object of a layer. */
interface FeatureRef {
  layer: string;
  key: string | number;
}

/** An object that the map has drawn; `distance` in metres. */
interface Hit {
  layer: string;
  key: string;
  properties: Record<string, unknown>;
  geometries: GeoJSON.Geometry[];
  rank?: number;
  distance?: number;
  /** Of a cluster: how many objects; it has no key. */
  count?: number;
}

/** A ring of problems on the map: counts by state, and what it covers in degrees. */
type Ring = Record<string, number> & { west: number; south: number; east: number; north: number };

/** Pixels of the map. */
interface ScreenPoint {
  x: number;
  y: number;
}

interface ScreenRectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

type ScreenBox = [[number, number], [number, number]];

/** Where a map begins. */
type MapStart =
  | { center: [number, number]; zoom: number }
  | { bounds: Bounds }
  | Record<string, never>;

/** What draws layers of its own in every new style of a map. */
interface MapPart {
  attach(map: MapLibre, redraw: () => void): void;
  addTo(style: MapStyle, theme: Theme): void;
}

interface MapTools {
  config: MapConfig;
  overlays: MapPart;
  isShown: (slug: string) => boolean;
  start: MapStart;
  padding?: number;
  extras?: MapPart[];
  tellRefused?: (slugs: string[]) => void;
}

/** What the map of a working place tells its page. */
interface WorkActions {
  onChoose?: (number: number) => void;
  onPlace?: (place: Degrees) => void;
}

/** Vertices, however deep. */
type Coordinates = GeoJSON.Position | Coordinates[];

/** `fill` puts values into the places of a sign; `findIcon` gives the inside of an icon's <svg>. */
interface SignTools {
  fill: (sign: string, values: Record<string, string>) => string;
  findIcon: (name: string) => Promise<string>;
}
