// Ctrl K: arrows walk through what was found, Enter takes it. Loaded when the field is opened first.

import { all, find } from "./dom.js";
import { showKeys } from "./shortcuts.js";

const palette = find("#palette");
const field = find("#palette-words");
const DEEDS = {
  theme: () => find("#menu [data-theme-toggle]").click(),
  keys: showKeys,
};

export function act(hit) {
  palette.close();
  DEEDS[hit.dataset.does]();
}
palette.addEventListener("click", event => { if (event.target === palette) palette.close(); });
palette.addEventListener("keydown", event => {
  const hits = all(".c-hit", palette), now = hits.indexOf(document.activeElement);
  if (event.key === "Enter" && now < 0 && hits.length) { event.preventDefault(); hits[0].click(); }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  (hits[now + (event.key === "ArrowDown" ? 1 : -1)] ?? field).focus();
});
