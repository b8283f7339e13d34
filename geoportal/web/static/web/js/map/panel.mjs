/** The panel: tabs, switches of layers, and hints where a layer shows only nearer. */

/** Switches follow the state and change it. */
export function setUpSwitches(form, state) {
  const boxes = [...form.querySelectorAll("input.switch")];
  const follow = () => {
    for (const box of boxes) box.checked = state.layers.has(box.value);
  };
  form.addEventListener("change", ({ target }) =>
    state.switchLayers([target.value], target.checked),
  );
  form.addEventListener("submit", (event) => event.preventDefault());
  state.addEventListener("layers", follow);
  follow();
}

/** Say «zoom in» under layers that are on but not drawn at this zoom. */
export function setUpHints(form, state, map, layers) {
  const update = () => {
    const zoom = map.getZoom();
    for (const row of form.querySelectorAll(".layer")) {
      const slug = row.dataset.layer;
      row.querySelector(".layer-hint").hidden =
        !state.layers.has(slug) || zoom >= (layers.get(slug)?.min_zoom ?? 0);
    }
  };
  map.on("zoomend", update);
  state.addEventListener("layers", update);
  update();
}

/** Bring a layer's row into view and give its switch the focus. */
export function revealLayer(form, slug) {
  const row = form.querySelector(`.layer[data-layer="${CSS.escape(slug)}"]`);
  row?.scrollIntoView({ block: "center" });
  row?.querySelector(".switch").focus({ preventScroll: true });
}

/** Tabs as the ARIA pattern has them: arrows move, the chosen one is in the tab order. */
export function setUpTabs(list, onChange) {
  const tabs = [...list.querySelectorAll("[role=tab]")];
  const select = (chosen, { focus = false } = {}) => {
    for (const tab of tabs) {
      const on = tab === chosen;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !on;
    }
    if (focus) chosen.focus();
    onChange(chosen.getAttribute("aria-controls"));
  };
  list.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (tab) select(tab);
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = (tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length;
    select(tabs[next], { focus: true });
  });
  return (name) => select(tabs.find((tab) => tab.getAttribute("aria-controls") === name));
}
