// Light or dark, changed by a click and kept in this browser.

import { store } from "./dom.js";

document.addEventListener("click", event => {
  if (!event.target.closest("[data-theme-toggle]")) return;
  const root = document.documentElement;
  const now = root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.dataset.theme = now === "dark" ? "light" : "dark";
  store("theme", root.dataset.theme);
});
