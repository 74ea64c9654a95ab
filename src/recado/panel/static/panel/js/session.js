// The session ended while somebody wrote: what was typed is kept in this window, sign-in opens, and it is there again afterwards.
// Loaded when that happened.

import { all, find } from "./dom.js";

const place = `typed ${location.pathname}`;
const isTyped = ([name, value]) => typeof value === "string" && value && !["csrfmiddlewaretoken", "key"].includes(name);

const addressOf = form => form?.getAttribute("action") ?? "";

export function keep({ request, sourceElement }) {
  const typed = [...(request?.body?.entries?.() ?? [])].filter(isTyped);
  if (!typed.length) return;
  const kept = { action: addressOf(sourceElement?.closest("form")), typed };
  try { sessionStorage.setItem(place, JSON.stringify(kept)); } catch { return; }
  location.assign(`/login/?kept=1&next=${encodeURIComponent(location.pathname + location.search)}`);
}

// Only into the form it was typed in: a note for the team must not stand where replies are written.
export function putBack() {
  const kept = sessionStorage.getItem(place);
  sessionStorage.removeItem(place);
  const { action, typed } = JSON.parse(kept);
  const isOfForm = one => addressOf(one.form) === action;
  if (all("[data-note] textarea").some(isOfForm)) find("[data-mode=note]")?.click();
  for (const [name, value] of typed) {
    const fields = all("textarea, input:not([type]), input[type=text]").filter(isOfForm);
    const field = fields.find(one => one.name === name && !one.value);
    if (field) { field.value = value; field.dispatchEvent(new Event("input", { bubbles: true })); }
  }
}
