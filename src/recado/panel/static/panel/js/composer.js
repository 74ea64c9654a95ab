// Writing an answer: others are told, what the writer has seen is noted, drafts come back; notes and canned replies.

import { showCount } from "./counter.js";
import { all, csrfToken, find } from "./dom.js";
import { draftOf, forgetDraft, keepDraft } from "./drafts.js";
import { messages, scrollToEnd } from "./thread.js";

const form = () => find("[data-send]");

/* ---- the lease: taken by the first letter, renewed while typing, given back on leaving ---- */
const RENEW_MS = 20000;
let held, since = 0;
const post = url => fetch(url, { method: "POST", keepalive: true, headers: { "X-CSRFToken": csrfToken(), "HX-Request-Type": "partial" } }).catch(() => {});
function claim({ claim, release }) {
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

/* ---- what was on the screen when the writer began ---- */
function noteSeen(of) {
  const last = all(".c-item[id^=m-]", messages()).at(-1);
  if (last) of.elements.seen.value = last.id.slice(2);
}
document.addEventListener("input", event => {
  const writing = event.target.form;
  if (!event.target.matches("textarea") || !writing?.matches("[data-send]")) return;
  if (!event.target.value) { forgetDraft(writing); leave(); return; }
  if (!writing.dataset.isWriting) noteSeen(writing);
  keepDraft(writing);
  claim(writing.dataset);
});
document.addEventListener("click", event => {
  if (!event.target.closest("[data-show]")) return;
  event.preventDefault();
  scrollToEnd();
  noteSeen(form());
  find("#refused").replaceChildren();
  form().elements.text.focus();
});

/* ---- drafts ---- */
let shown;
function restore() {
  const opened = form();
  if (opened === shown) return;
  if (shown && held && opened?.dataset.release !== held) leave();
  shown = opened;
  const draft = opened && draftOf(opened);
  if (!draft || opened.elements.text.value) return;
  opened.elements.text.value = draft;
  opened.dataset.isWriting = "yes";
  showCount(opened.elements.text);
}
document.addEventListener("htmx:after:swap", () => requestAnimationFrame(restore));
restore();

/* ---- notes ---- */
document.addEventListener("change", event => {
  if (event.target.dataset.mode) find(event.target.dataset.mode === "note" ? "[data-note] textarea" : "[data-send] textarea")?.focus();
});
document.addEventListener("htmx:after:request", event => {
  const { sourceElement: source, response } = event.detail?.ctx ?? {};
  if (source?.matches?.("[data-note]") && response?.status < 400) source.reset();
});
document.addEventListener("keydown", event => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.form?.matches("[data-note]")) event.target.form.requestSubmit();
});
export function write(mode) {
  const tab = find(`[data-mode=${mode}]`);
  if (!tab) return;
  tab.checked = true;
  tab.dispatchEvent(new Event("change", { bubbles: true }));
}

/* ---- canned replies: "/" in an empty answer, or the button ---- */
const box = () => find("[data-canned]"), items = () => all("[data-canned-text]", box()).filter(item => !item.hidden);
function openCanned() {
  box().showPopover();
  const search = find("input", box());
  search.value = "";
  search.focus();
  htmx.ajax("GET", find("[data-canned-open]").href, { target: "#canned-list", swap: "innerHTML" });
}
function insert(item) {
  const field = form().elements.text;
  field.value += (field.value && !/\s$/.test(field.value) ? " " : "") + item.dataset.cannedText;
  box().hidePopover();
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
document.addEventListener("click", event => {
  const opener = event.target.closest("[data-canned-open]"), item = event.target.closest("[data-canned] [data-canned-text]");
  if (!opener && !item) return;
  event.preventDefault();
  if (item) insert(item); else openCanned();
});
document.addEventListener("input", event => {
  if (!event.target.closest("[data-canned]")) return;
  const words = event.target.value.toLowerCase();
  for (const item of all("[data-canned-text]", box())) item.hidden = !item.textContent.toLowerCase().includes(words);
});
document.addEventListener("keydown", event => {
  const field = event.target;
  if (event.key === "/" && field.matches("[data-send] textarea") && !field.value) { event.preventDefault(); openCanned(); return; }
  const inside = field.closest?.("[data-canned]"), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!inside) return;
  if (event.key === "Escape") { event.preventDefault(); inside.hidePopover(); form()?.elements.text.focus(); }
  if (event.key === "Enter" && field.matches("input")) { event.preventDefault(); if (items()[0]) insert(items()[0]); }
  if (step) { event.preventDefault(); const list = items(); list[(list.indexOf(field) + step + list.length) % list.length]?.focus(); }
});
