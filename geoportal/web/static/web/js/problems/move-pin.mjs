/** The author moves the pin of a report by a tap; the coordinates in the form follow. */

import { need } from "../../../interface/js/finding.mjs";
import { showPin } from "./pin-map.mjs";

const DECIMALS = 6;

const lon = need("edit-lon", HTMLInputElement);
const lat = need("edit-lat", HTMLInputElement);
const pin = await showPin("problem-map", "problem-map-config");
if (pin) {
  need("move-hint").hidden = false;
  pin.map.on("click", ({ lngLat }) => {
    lon.value = lngLat.lng.toFixed(DECIMALS);
    lat.value = lngLat.lat.toFixed(DECIMALS);
    pin.move(lngLat.lng, lngLat.lat);
  });
  for (const field of [lon, lat]) {
    field.addEventListener("change", () => {
      const [x, y] = [Number(lon.value), Number(lat.value)];
      if (Number.isFinite(x) && Number.isFinite(y)) pin.move(x, y);
    });
  }
}
