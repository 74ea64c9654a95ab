// What only the inbox needs: toasts with undo, the menu of a conversation, its single-key shortcuts.

import { write } from "./composer.js";
import { areKeysOff, find } from "./dom.js";
import { fetchAnew } from "./live.js";

/* ---- toasts ---- */
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
  if (source?.closest?.("[data-actions]")) find("[data-actions]:popover-open")?.hidePopover();
});

/* ---- done, and on to the next ---- */
const stateForm = () => find("[data-state-form]");
let nextRow; // opened once the list and the toast are changed: opening it takes away the form that asked for them
document.addEventListener("htmx:after:swap", () => {
  const link = nextRow && find("a.c-row", nextRow);
  nextRow = undefined;
  link?.click();
});
function done(andNext) {
  const form = stateForm();
  if (!form) return;
  const row = find(`#conversations [aria-current]`)?.closest("li"), next = row?.nextElementSibling ?? row?.previousElementSibling;
  nextRow = andNext ? next : undefined;
  form.requestSubmit(find("button", form));
}

/* ---- the menu, opened at one of its parts ---- */
function open(part) {
  const menu = find("[data-actions]");
  if (!menu) return;
  menu.showPopover();
  find(`[data-act=${part}] button`, menu)?.focus() ?? find(`[data-act=${part}] ~ form input`, menu)?.focus();
}

const KEYS = {
  E: () => done(true),
  r: () => write("reply"),
  n: () => write("note"),
  s: () => open("snooze"),
  a: () => open("assign"),
  l: () => open("label"),
  u: () => find("[data-act=unread]")?.requestSubmit(),
  z: () => find("[data-undo]")?.requestSubmit(),
};
document.addEventListener("keydown", event => {
  if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey || areKeysOff() || find("dialog[open]")) return;
  const act = KEYS[event.key];
  if (act) { event.preventDefault(); act(); }
});
// Up and down walk through an open menu.
document.addEventListener("keydown", event => {
  const menu = event.target.closest?.("[data-actions]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!menu || !step || event.target.matches("input")) return;
  const buttons = [...menu.querySelectorAll("button")], now = buttons.indexOf(event.target);
  event.preventDefault();
  buttons[(now + step + buttons.length) % buttons.length].focus();
});
