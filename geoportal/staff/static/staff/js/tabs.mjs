/** On a phone the tabs of a layer run on beyond the edge: the one of this page is brought into it. */

const tab = document.querySelector(".layer-tabs [aria-current]");
const row = tab?.parentElement;
if (tab && row) {
  const place = tab.getBoundingClientRect();
  row.scrollLeft +=
    place.left - row.getBoundingClientRect().left - (row.clientWidth - place.width) / 2;
}
