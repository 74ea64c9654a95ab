// What only the inbox needs: writing, toasts with undo.

import "./composer.js";
import { find } from "./dom.js";
import { fetchAnew } from "./live.js";

const SHOWN_MS = 8000;
let fading;
document.addEventListener("htmx:after:swap", event => {
  if (!find("[data-toast]", event.target) && !event.target.matches?.("#toasts")) return;
  clearTimeout(fading);
  fading = setTimeout(() => find("[data-toast]")?.remove(), SHOWN_MS);
});
document.addEventListener("htmx:after:request", event => {
  const source = event.detail?.ctx?.sourceElement;
  if (source?.matches?.("[data-undo]")) fetchAnew();
});
document.addEventListener("submit", event => event.submitter?.closest("[data-actions]")?.hidePopover());
document.addEventListener("toggle", event => { if (event.target.matches("[data-actions]")) import("./menu.js"); }, true);
