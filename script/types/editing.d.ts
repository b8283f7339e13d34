/** What the page of the map's editor brings: `geoportal.staff.editing.page` */

interface EditorConfig {
  slug: string;
  kind: string;
  geometry_type: string;
  title: string;
  title_field: string;
  key_field: string;
  color: string;
  bounds: Bounds | null;
  count: number;
  fields: { name: string; control: string; audience: string; title: string }[];
  photos: string[];
  edits: string;
  features: string;
  shapes: string;
  objects: string;
  key: string;
}

/** Libraries that the page loads before its module. */
declare var terraDraw: typeof import("terra-draw");
declare var terraDrawMaplibreGlAdapter: typeof import("terra-draw-maplibre-gl-adapter");
