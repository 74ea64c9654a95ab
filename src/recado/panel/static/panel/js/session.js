// The session ended while somebody wrote: what was typed is kept in this window, sign-in opens, and it is there again afterwards.
// Loaded when that happened.

import { all } from "./dom.js";

const place = `typed ${location.pathname}`;
const isTyped = ([name, value]) => typeof value === "string" && value && !["csrfmiddlewaretoken", "key"].includes(name);

export function keep({ request }) {
  const typed = [...(request?.body?.entries?.() ?? [])].filter(isTyped);
  if (!typed.length) return;
  try { sessionStorage.setItem(place, JSON.stringify(typed)); } catch { return; }
  location.assign(`/login/?kept=1&next=${encodeURIComponent(location.pathname + location.search)}`);
}

export function putBack() {
  const kept = sessionStorage.getItem(place);
  sessionStorage.removeItem(place);
  for (const [name, value] of JSON.parse(kept)) {
    const field = all("textarea, input:not([type]), input[type=text]").find(one => one.name === name && !one.value);
    if (field) { field.value = value; field.dispatchEvent(new Event("input", { bubbles: true })); }
  }
}
