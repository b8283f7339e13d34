/** The author moves the pin of a report by a tap; the coordinates in the form follow. */

import { showPin } from "./pin-map.mjs";

const DECIMALS = 6;

const lon = document.getElementById("edit-lon");
const lat = document.getElementById("edit-lat");
const pin = await showPin("problem-map", "problem-map-config");
if (pin) {
  document.getElementById("move-hint").hidden = false;
  pin.map.on("click", ({ lngLat }) => {
    lon.value = lngLat.lng.toFixed(DECIMALS);
    lat.value = lngLat.lat.toFixed(DECIMALS);
    pin.move(lngLat.lng, lngLat.lat);
  });
  for (const field of [lon, lat]) {
    field.addEventListener("change", () => {
      const place = [Number(lon.value), Number(lat.value)];
      if (place.every(Number.isFinite)) pin.move(...place);
    });
  }
}
