/** What the portal sends, as the TypedDicts of the same name on the server. */

/** RFC 9457. */
interface ProblemDetails {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  errors?: FieldErrors;
}
interface FieldErrors {
  answers?: string | Record<string, string>;
  attachments?: string;
  [field: string]: string | Record<string, string> | undefined;
}

/** Forms of plural in a list, in the order of CLDR. */
type Catalogue = Record<string, string | string[]>;

/** `geoportal.mapkit.map_config` */
interface MapConfig {
  language: string;
  words: Catalogue;
  bounds: Bounds | null;
  style: string;
  icons: string;
  signs: Record<string, string>;
  ground: { style: string; attribution: string; themed: boolean };
}
/** `geoportal.web.views.map`; `document`: where the rest stands. */
interface PageConfig {
  document: string;
  problems: { bounds: Bounds | null };
}
/** `geoportal.web.map_document` */
interface HomeConfig extends MapConfig {
  layers: LayerDocument[];
}
/** `geoportal.web.reporting.page` */
interface ReportConfig extends MapConfig {
  limits: {
    files: number;
    photo_bytes: number;
    video_bytes: number;
    title_min: number;
    title_max: number;
    description_max: number;
  };
  person: { signed_in: boolean; confirmed: boolean; moderator: boolean; name: string };
  uploads: UploadDocument[];
  focus: Bounds | null;
}
/** A layer's colour and icon, as its objects are marked by. */
interface Look {
  color: string;
  icon: string;
  sign?: string;
}
/** Of the page of an object: `geoportal.web.views.layers` */
interface PlaceConfig extends MapConfig {
  bounds: Bounds;
  layer: string;
  key: string;
  drawn: Look;
}
/** `geoportal.mapkit.about` */
interface AboutDocument {
  hours: string;
  is_open: boolean | null;
  open_state: string;
  address: string;
  contacts: { title: string; text: string; href: string; icon: string }[];
  way: string;
  told: string[];
}
/** `geoportal.mapkit.card_view`; a problem's card has no `about`. */
interface CardFeature extends GeoJSON.Feature {
  about?: AboutDocument;
}
/** `geoportal.web.nearest_page` */
interface NearestConfig extends MapConfig {
  here: [number, number] | null;
  results: GeoJSON.Feature<GeoJSON.Point>[];
}
/** Of the page of a layer: `geoportal.web.views.layers` */
interface LayerMapConfig extends MapConfig {
  layer: string;
}
/** Of the page of a problem: `geoportal.web.views.problems.page` */
interface PinConfig extends MapConfig {
  bounds: Bounds;
  feature: GeoJSON.Feature<GeoJSON.Point>;
  drawn: Look;
}

/** `layers.api.describe` */
interface FieldDocument {
  name: string;
  title: string;
  type: string;
  unit: string;
  choices: { value: unknown; title: string }[];
}
interface LayerDocument extends Look {
  slug: string;
  title: string;
  geometry_type: string;
  min_zoom: number;
  shown_by_default: boolean;
  is_basemap: boolean;
  title_field: string;
  key_field: string;
  extent: Bounds | null;
  feature_count: number;
  fields: FieldDocument[];
}
/** `layers.api.search`; of a kind and of a layer `lon` and `lat` are null. */
interface SearchResult extends LonLat {
  group: string;
  kind: string;
  distance_m: number | null;
  note: string;
  layer: string;
  layer_title: string;
  key: string;
  title: string;
  subtitle: string;
}

/** `geoportal.problems.tiles.describe` */
interface ProblemDocument extends LonLat {
  number: number;
  title: string;
  state: string;
  category: string;
  icon: string;
  address: string;
  is_overdue: boolean;
  url: string;
}
interface ViewDocument {
  states: Record<string, number>;
  total: number;
  in_view: number;
  problems: ProblemDocument[];
}
interface CardDocument extends ProblemDocument {
  ending: string;
  organisation: string;
  organisation_url: string;
  dates: Record<string, string>;
  votes: number;
  thumbnail: string;
  is_video: boolean;
  join: "can" | "joined" | "own" | "confirm" | "sign_in" | "closed";
}

/** `geoportal.problems.api.describe` */
interface UploadDocument {
  id: number;
  kind: string;
  name: string;
  processing: string;
  processing_title: string;
  thumbnail: string;
  taken: [number, number] | null;
}
interface SimilarDocument {
  number: number;
  title: string;
  state: string;
  state_title: string;
  address: string;
  distance_m: number;
  votes: number;
  thumbnail: string;
  url: string;
  is_own: boolean;
  is_joined: boolean;
}
/** `geoportal.problems.personal_data.notes`: `start` and `end` count code points. */
interface TextNote {
  field: string;
  kind: string;
  kind_title: string;
  start: number;
  end: number;
  text: string;
}
/** `geoportal.problems.api.views` */
interface NearestAddress {
  address: string;
  distance_m: number | null;
}
/** `geoportal.problems.routing.locate_view` */
interface Responsible {
  organisation: string;
  organisation_slug: string;
  role: string;
  reason: string;
}

/** `geoportal.cabinets.places`: a problem has a `number`, a territory a `kind`. */
interface WorkProperties {
  number?: number;
  title?: string;
  status?: string;
  late?: boolean;
  url?: string;
  kind?: string;
  layer?: string;
}
type WorkPlace = GeoJSON.Feature<GeoJSON.Geometry, WorkProperties>;
/** What the actions of working places answer. */
interface ActionAnswer {
  message: string;
}
