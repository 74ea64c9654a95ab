// The Operator Console's pages that ask for themselves: every few seconds, while somebody can see them.

import { all, find } from "./dom.js";

const SECONDS = 3;
function ask() { if (!document.hidden) all("[data-live]").forEach(part => htmx.trigger(part, "live")); }
function showStale(isStale) { const bar = find("#stale"); if (bar) bar.hidden = !isStale; }
function failed(event) { if (event.target.matches?.("[data-live]")) showStale(true); }

setInterval(ask, SECONDS * 1000);
document.addEventListener("visibilitychange", ask);
document.addEventListener("htmx:error", failed);
document.addEventListener("htmx:response:error", failed);
document.addEventListener("htmx:after:swap", event => { if (!event.detail?.ctx?.response || event.detail.ctx.response.status < 400) showStale(false); });
