// The live stream: says when it is gone, fetches again what was missed.

import { find } from "./dom.js";
import { thread } from "./thread.js";

let wasLost = false;
function showOffline(isOffline) { const bar = find("#offline"); if (bar) bar.hidden = !isOffline; }
document.addEventListener("htmx:sse:error", () => { wasLost = true; showOffline(true); });
document.addEventListener("htmx:sse:before:connection", event => { if (event.detail.connection.attempt > 0) wasLost = true; });
document.addEventListener("htmx:sse:after:connection", () => {
  showOffline(false);
  if (wasLost) fetchAnew();
});

// The extension reconnects a stream that was there; a first connection that fails is tried again here.
function connectAgain(event) {
  const stream = event.target, status = event.detail?.ctx?.response?.status ?? 0;
  if (stream.id !== "events" || stream._htmx?.sse || (status && status < 500)) return;
  wasLost = true;
  showOffline(true);
  setTimeout(() => htmx.ajax("GET", stream.getAttribute("hx-sse:connect"), { source: stream }), 2000);
}
document.addEventListener("htmx:error", connectAgain);
document.addEventListener("htmx:response:error", connectAgain);

export function fetchAnew() {
  wasLost = false;
  const list = find("#conversations"), open = thread();
  if (list) htmx.ajax("GET", list.dataset.url, { target: "#conversations", swap: "outerMorph" });
  if (open) htmx.ajax("GET", `/inbox/${open.dataset.dialogue}/?part=messages`, { target: `#messages-${open.dataset.dialogue}`, swap: "innerMorph" });
}

// The server asks for it when it could not tell everything that changed.
document.addEventListener("htmx:after:swap", () => requestAnimationFrame(() => {
  const wish = find("[data-refetch]");
  if (wish) { wish.remove(); fetchAnew(); }
}));
