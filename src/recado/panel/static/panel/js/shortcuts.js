// Single-key shortcuts: never while typing, can be switched off (WCAG 2.1.4).

import { all, areKeysOff, find, isVisible, store, stored } from "./dom.js";

const switchOff = find("[data-keys-off]");
if (switchOff) {
  switchOff.checked = stored("keys") === "off";
  switchOff.addEventListener("change", () => store("keys", switchOff.checked ? "off" : "on"));
}

function step(by) {
  const rows = all("#conversations .c-row");
  const now = rows.findIndex(row => row.hasAttribute("aria-current"));
  const row = rows[Math.max(0, Math.min(rows.length - 1, now + by))];
  if (!row || !isVisible(find("#conversations"))) return;
  row.focus();
  row.click();
}
const SHORTCUTS = {
  j: () => step(1),
  k: () => step(-1),
  r: () => find("[data-send] textarea")?.focus(),
  e: () => find("[data-state-form]")?.requestSubmit(find("[data-state-form] button")),
  "/": () => find("#search")?.focus(),
  "?": () => find("#keys")?.showModal(),
};

document.addEventListener("keydown", event => {
  const field = event.target;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && field.form?.matches("[data-send]")) {
    event.preventDefault();
    field.form.requestSubmit();
    return;
  }
  if (field.matches("input, textarea, select, [contenteditable]")) {
    if (event.key === "Escape") field.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || areKeysOff() || find("dialog[open]")) return;
  const act = SHORTCUTS[event.key];
  if (act) { event.preventDefault(); act(); }
});

document.addEventListener("click", event => {
  if (!event.target.closest("[data-keys-open]")) return;
  for (const open of all(":popover-open")) open.hidePopover();
  find("#keys").showModal();
});
