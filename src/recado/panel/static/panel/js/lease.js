// The lease of whoever writes an answer: taken by the first letter, renewed while typing, given back on leaving. Loaded by the first letter.

import { csrfToken, find } from "./dom.js";

const RENEW_MS = 20000;
let held, since = 0;
const post = url => fetch(url, { method: "POST", keepalive: true, headers: { "X-CSRFToken": csrfToken(), "HX-Request-Type": "partial" } }).catch(() => {});

export function typed(form) {
  const { claim, release } = form.dataset;
  if (!form.isConnected) return;
  if (!form.elements.text.value) { leave(); return; }
  if (held === release && Date.now() - since < RENEW_MS) return;
  [held, since] = [release, Date.now()];
  post(claim);
}
function leave() {
  if (held) post(held);
  held = undefined;
}
addEventListener("pagehide", leave);
document.addEventListener("submit", event => { if (event.target.matches("[data-send]")) held = undefined; }); // sending gives it back
document.addEventListener("htmx:after:swap", () => requestAnimationFrame(() => { if (find("[data-send]")?.dataset.release !== held) leave(); }));
