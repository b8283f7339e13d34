/** The panel: tabs, switches of layers, and hints where a layer shows only nearer. */

import { findAround, findIn, listIn, need, needIn } from "../../../interface/js/finding.mjs";

/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * Switches follow the state and change it.
 *
 * @param {HTMLElement} form
 * @param {MapState} state
 */
export function setUpSwitches(form, state) {
  const boxes = listIn(form, "input.switch", HTMLInputElement);
  const follow = () => {
    for (const box of boxes) box.checked = state.layers.has(box.value);
  };
  form.addEventListener("change", (event) => {
    const box = findAround(event, "input", HTMLInputElement);
    if (box) state.switchLayers([box.value], box.checked);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  state.addEventListener("layers", follow);
  follow();
}

// Nearer than that nothing is left out for being small.
const ALL_ZOOM = 15;

/**
 * Say «zoom in» under layers that are on but not drawn at this zoom, or nothing of which is seen
 * while small things are left out; nearer, that nothing of them is in view. The function that is
 * returned takes the slugs of what is drawn.
 *
 * @param {HTMLElement} form
 * @param {MapState} state
 * @param {MapLibre} map
 * @param {Map<string, LayerDocument>} layers
 */
export function setUpHints(form, state, map, layers) {
  /** @param {Set<string> | null} seen */
  const update = (seen) => {
    const zoom = map.getZoom();
    for (const row of listIn(form, ".layer")) {
      const slug = row.dataset.layer ?? "";
      const hint = needIn(row, ".layer-hint");
      const isFar = zoom < (layers.get(slug)?.min_zoom ?? 0);
      const isMissed = seen !== null && !seen.has(slug);
      hint.hidden = !state.layers.has(slug) || !(isFar || isMissed);
      const { far = "", empty = "" } = hint.dataset;
      hint.textContent = isFar || zoom < ALL_ZOOM ? far : empty;
    }
  };
  map.on("zoomend", () => update(null));
  state.addEventListener("layers", () => update(null));
  update(null);
  return update;
}

/**
 * Bring a layer's row into view and give its switch the focus.
 *
 * @param {HTMLElement} form
 * @param {string} slug
 */
export function revealLayer(form, slug) {
  const row = findIn(form, `.layer[data-layer="${CSS.escape(slug)}"]`);
  row?.scrollIntoView({ block: "center" });
  if (row) needIn(row, ".switch").focus({ preventScroll: true });
}

/**
 * Tabs as the ARIA pattern has them: arrows move, the chosen one is in the tab order.
 *
 * @param {HTMLElement} list
 * @param {(name: string) => void} onChange
 */
export function setUpTabs(list, onChange) {
  const tabs = listIn(list, "[role=tab]");
  /** @type {(tab: HTMLElement) => string} */
  const nameOf = (tab) => tab.getAttribute("aria-controls") ?? "";
  /** @type {(chosen: HTMLElement, options?: { focus?: boolean }) => void} */
  const select = (chosen, { focus = false } = {}) => {
    for (const tab of tabs) {
      const on = tab === chosen;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      need(nameOf(tab)).hidden = !on;
    }
    if (focus) chosen.focus();
    onChange(nameOf(chosen));
  };
  list.addEventListener("click", (event) => {
    const tab = findAround(event, "[role=tab]");
    if (tab) select(tab);
  });
  list.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const next =
      (tabs.findIndex((tab) => tab.matches(":focus")) + step + tabs.length) % tabs.length;
    select(tabs[next], { focus: true });
  });
  /** @param {string} name */
  return (name) => {
    const tab = tabs.find((each) => nameOf(each) === name);
    if (tab) select(tab);
  };
}
