/** The small map of a problem's page: the ground and the pin. */

import { showPin } from "./pin-map.mjs";

await showPin("problem-map", "problem-map-config");
