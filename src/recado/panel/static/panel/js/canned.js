// Canned replies: narrowed by what is typed, walked through with arrows, put into the answer. Loaded when the list is opened first.

import { all, find } from "./dom.js";

const form = () => find("[data-send]"), box = () => find("[data-canned]");
const items = () => all("[data-canned-text]", box()).filter(item => !item.hidden);

function insert(item) {
  const field = form().elements.text;
  field.value += (field.value && !/\s$/.test(field.value) ? " " : "") + item.dataset.cannedText;
  box().hidePopover();
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
document.addEventListener("click", event => {
  const item = event.target.closest("[data-canned] [data-canned-text]");
  if (!item) return;
  event.preventDefault();
  insert(item);
});
document.addEventListener("input", event => {
  if (!event.target.closest("[data-canned]")) return;
  const words = event.target.value.toLowerCase();
  for (const item of all("[data-canned-text]", box())) item.hidden = !item.textContent.toLowerCase().includes(words);
});
document.addEventListener("keydown", event => {
  const field = event.target, inside = field.closest?.("[data-canned]"), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!inside) return;
  if (event.key === "Escape") { event.preventDefault(); inside.hidePopover(); form()?.elements.text.focus(); }
  if (event.key === "Enter" && field.matches("input")) { event.preventDefault(); if (items()[0]) insert(items()[0]); }
  if (step) { event.preventDefault(); const list = items(); list[(list.indexOf(field) + step + list.length) % list.length]?.focus(); }
});
