// The session ended while somebody wrote: what was typed is kept in this window, sign-in opens, and it is there again afterwards.

import { all } from "./dom.js";

const place = () => `typed ${location.pathname}`;
const isTyped = ([name, value]) => typeof value === "string" && value && !["csrfmiddlewaretoken", "key"].includes(name);

document.addEventListener("htmx:after:request", event => {
  const { request, response } = event.detail?.ctx ?? {};
  if (response?.status !== 401) return;
  const typed = [...(request?.body?.entries?.() ?? [])].filter(isTyped);
  if (!typed.length) return;
  try { sessionStorage.setItem(place(), JSON.stringify(typed)); } catch { return; }
  location.assign(`/login/?kept=1&next=${encodeURIComponent(location.pathname + location.search)}`);
});

function putBack() {
  const kept = sessionStorage.getItem(place());
  if (!kept) return;
  sessionStorage.removeItem(place());
  for (const [name, value] of JSON.parse(kept)) {
    const field = all("textarea, input:not([type]), input[type=text]").find(one => one.name === name && !one.value);
    if (field) { field.value = value; field.dispatchEvent(new Event("input", { bubbles: true })); }
  }
}
try { putBack(); } catch { /* storage is off */ }
