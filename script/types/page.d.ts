/** What modules hand to one another. */

type Theme = "light" | "dark";

/** Degrees. */
interface LonLat {
  lon: number;
  lat: number;
}
/** As MapLibre names them. */
interface Degrees {
  lng: number;
  lat: number;
}
/** West, south, east, north in degrees. */
type Bounds = [number, number, number, number];

/** Finds an element that the page surely has; `need` of `page.mjs`. */
type Part = <T extends HTMLElement = HTMLElement>(id: string, kind?: new () => T) => T;

type Say = (text: string, options?: { retry?: (() => void) | null; stays?: boolean }) => void;

type Child = Node | string | null | undefined;

interface Attributes {
  onclick?: (event: MouseEvent) => void;
  onpointerdown?: (event: PointerEvent) => void;
  onpointerenter?: (event: PointerEvent) => void;
  onfocus?: (event: FocusEvent) => void;
  onerror?: (event: Event) => void;
  [name: string]: string | number | boolean | null | undefined | ((event: never) => void);
}

/** Classes by their names, for comments: a module that only speaks of one does not import it. */
type WorkMap = import("../../geoportal/cabinets/static/cabinets/js/work/work_map.mjs").WorkMap;

/** What the map of a working place tells its page. */
interface WorkActions {
  onChoose?: (number: number) => void;
  onPlace?: (place: Degrees) => void;
}
type Overlays = import("../../geoportal/mapkit/static/mapkit/js/overlays.mjs").Overlays;
type Steps = import("../../geoportal/web/static/web/js/report/steps.mjs").Steps;
type Place = import("../../geoportal/web/static/web/js/report/place.mjs").Place;
type Media = import("../../geoportal/web/static/web/js/report/media.mjs").Media;
type MediaItem = import("../../geoportal/web/static/web/js/report/media_item.mjs").MediaItem;
type PhotoStore = import("../../geoportal/web/static/web/js/report/photo_store.mjs").PhotoStore;
type Similar = import("../../geoportal/web/static/web/js/report/similar.mjs").Similar;
type Sending = import("../../geoportal/web/static/web/js/report/sending.mjs").Sending;
type Texts = import("../../geoportal/web/static/web/js/report/texts.mjs").Texts;

/** The form of a report; who calls for somebody else is asked of moderators alone. */
interface ReportForm extends HTMLFormElement {
  readonly elements: ReportFields;
}
interface ReportFields extends HTMLFormControlsCollection {
  client_request_id: HTMLInputElement;
  lon: HTMLInputElement;
  lat: HTMLInputElement;
  address: HTMLInputElement;
  address_filled: HTMLInputElement;
  title: HTMLInputElement;
  description: HTMLTextAreaElement;
  shows_name: HTMLInputElement;
  on_behalf?: HTMLInputElement;
}
type TextField = HTMLInputElement | HTMLTextAreaElement;

/** What is known of the point of a report; `distance` in metres. */
interface PlaceAnswer {
  state: "none" | "asking" | "inside" | "outside" | "unknown";
  responsible?: Responsible[] | null;
  nearest?: string;
  distance?: number | null;
}
/** What is kept of a form; fields as pairs of name and value. */
interface KeptDraft {
  id: string;
  owner: string;
  step: string;
  savedAt: number;
  fields: [string, string][];
}
/** A photo or video as the browser keeps it; without a `blob` the file is at the portal only. */
interface MediaRecord {
  id: string;
  name: string;
  uploadId: number | null;
  owner?: string;
  draft?: string;
  kind?: string;
  thumbnail?: string;
  blob?: Blob;
  position?: number;
  savedAt?: number;
}

/** Where a map begins. */
type MapStart = { center: [number, number]; zoom: number } | { bounds: Bounds } | Record<string, never>;
type MapState = import("../../geoportal/web/static/web/js/map/state.mjs").MapState;

interface MapView extends LonLat {
  zoom: number;
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
  properties: Record<string, any>;
  geometries: GeoJSON.Geometry[];
  rank?: number;
  distance?: number;
}
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

/** What draws layers of its own in every new style of a map. */
interface MapPart {
  attach(map: MapLibre): void;
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
/** Vertices, however deep. */
type Coordinates = GeoJSON.Position | Coordinates[];
/** The roomiest point of an area; `room` in degrees of latitude. */
interface Room extends LonLat {
  room: number;
}
