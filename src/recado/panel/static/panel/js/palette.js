// Ctrl K: a field that finds everything; arrows walk through what was found.

import { all, find } from "./dom.js";

const palette = find("#palette");
const field = find("#palette-words");

function open() {
  for (const popover of all(":popover-open")) popover.hidePopover();
  palette.showModal();
  field.select();
  htmx.trigger(field, "palette:open");
}
const DEEDS = {
  theme: () => find("#menu [data-theme-toggle]").click(),
  keys: () => find("#keys").showModal(),
};

if (palette) {
  document.addEventListener("keydown", event => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      if (palette.open) palette.close(); else open();
    }
  });
  document.addEventListener("click", event => {
    if (event.target.closest("[data-palette-open]")) { event.preventDefault(); open(); }
    if (event.target === palette) palette.close();
    const hit = event.target.closest("[data-does]");
    if (!hit) return;
    event.preventDefault();
    palette.close();
    DEEDS[hit.dataset.does]();
  });
  palette.addEventListener("keydown", event => {
    const hits = all(".c-hit", palette), now = hits.indexOf(document.activeElement);
    if (event.key === "Enter" && now < 0 && hits.length) { event.preventDefault(); hits[0].click(); }
    if (event.key === "Escape" && field.value && now < 0) { event.preventDefault(); palette.close(); }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    (hits[now + (event.key === "ArrowDown" ? 1 : -1)] ?? field).focus();
  });
}
