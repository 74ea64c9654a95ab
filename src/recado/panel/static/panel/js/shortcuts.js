// Single-key shortcuts: never while typing, can be switched off (WCAG 2.1.4). Loaded at the first of them.

import { all, find, store, stored } from "./dom.js";

const switchOff = find("[data-keys-off]");
if (switchOff) {
  switchOff.checked = stored("keys") === "off";
  switchOff.addEventListener("change", () => store("keys", switchOff.checked ? "off" : "on"));
}
export function showKeys() {
  for (const open of all(":popover-open")) open.hidePopover();
  find("#keys")?.showModal();
}

/* ---- the list ---- */
function step(by) {
  const rows = all("#conversations .c-row");
  const now = rows.findIndex(row => row.hasAttribute("aria-current"));
  const row = rows[Math.max(0, Math.min(rows.length - 1, now + by))];
  if (!row?.offsetParent) return;
  row.focus();
  row.click();
}

/* ---- done, and on to the next ---- */
let next, asked; // opened once its own request has changed the list and the toast; by id, for live news may have renewed both form and row by then
document.addEventListener("htmx:after:swap", event => {
  if (!next || event.detail?.ctx !== asked) return;
  const link = find(`#${next} a.c-row`);
  next = undefined;
  link?.click();
});
function done(andNext) {
  const form = find("[data-state-form]");
  if (!form) return;
  const row = find("#conversations [aria-current]")?.closest("li");
  next = andNext ? (row?.nextElementSibling ?? row?.previousElementSibling)?.id : undefined;
  form.addEventListener("htmx:before:request", event => { asked = event.detail.ctx; }, { once: true });
  form.requestSubmit(find("button", form));
}

/* ---- an answer or a note, and the menu of the conversation opened at one of its parts ---- */
function write(mode) {
  const tab = find(`[data-mode=${mode}]`);
  if (!tab) return;
  tab.checked = true;
  tab.dispatchEvent(new Event("change", { bubbles: true }));
}
function open(part) {
  const menu = find("[data-actions]");
  if (!menu) return;
  menu.showPopover();
  find(`[data-act=${part}] button`, menu)?.focus() ?? find(`[data-act=${part}] ~ form input`, menu)?.focus();
}

const SHORTCUTS = {
  j: () => step(1),
  k: () => step(-1),
  e: () => done(false),
  E: () => done(true),
  r: () => write("reply"),
  n: () => write("note"),
  s: () => open("snooze"),
  a: () => open("assign"),
  l: () => open("label"),
  u: () => find("[data-act=unread]")?.requestSubmit(),
  z: () => find("[data-undo]")?.requestSubmit(),
  "/": () => find("#search")?.focus(),
  "?": showKeys,
};

/* ---- G, then a letter: goes to a screen of the rail ---- */
const WAIT_MS = 1500;
let begun = -Infinity;
export function press(key, at) {
  const link = at - begun < WAIT_MS && find(`[data-go="${CSS.escape(key)}"]`);
  begun = key === "g" && !(at - begun < WAIT_MS) ? at : -Infinity;
  if (link) link.click();
  else SHORTCUTS[key]?.();
}
