/** One problem in a cabinet: its place on the map, prepared words, photos «after» sent at once. */

import { findIn, need } from "../../../interface/js/finding.mjs";
import { fetchJson } from "../../../interface/js/requests.mjs";
import { startMap } from "../work/page.mjs";
import { offerPrepared } from "../work/prepared.mjs";
import { takeFiles } from "./uploads.mjs";

const page = need("case");

offerPrepared();

const closing = findIn(document, "#close-form", HTMLFormElement);
if (closing) takeFiles(closing);

async function showPlace() {
  /** @type {GeoJSON.FeatureCollection<GeoJSON.Geometry, WorkProperties>} */
  const { features } = await fetchJson(page.dataset.places ?? "");
  const map = await startMap(features, {});
  map?.choose(Number(page.dataset.number), { move: false });
}

showPlace().catch((error) => console.warn("the map of the problem did not start", error));
