// Writing an answer: others are told, drafts come back; notes.

import { showCount } from "./counter.js";
import { all, find } from "./dom.js";
import { draftOf, forgetDraft, keepDraft } from "./drafts.js";
import { messages, scrollToEnd } from "./thread.js";

const form = () => find("[data-send]");

function noteSeen(of) {
  const last = all(".c-item[id^=m-]", messages()).at(-1);
  if (last) of.elements.seen.value = last.id.slice(2);
}
document.addEventListener("input", event => {
  const writing = event.target.form;
  if (!event.target.matches("textarea") || !writing?.matches("[data-send]")) return;
  import("./lease.js").then(lease => lease.typed(writing), () => {});
  if (!event.target.value) { forgetDraft(writing); return; }
  if (!writing.dataset.isWriting) noteSeen(writing);
  keepDraft(writing);
});
document.addEventListener("click", event => {
  if (!event.target.closest("[data-show]")) return;
  event.preventDefault();
  scrollToEnd();
  noteSeen(form());
  find("#refused").replaceChildren();
  form().elements.text.focus();
});

let shown;
function restore() {
  const opened = form();
  if (opened?.dataset.attach) import("./attach.js");
  if (opened === shown) return;
  shown = opened;
  const draft = opened && draftOf(opened);
  if (!draft || opened.elements.text.value) return;
  opened.elements.text.value = draft;
  opened.dataset.isWriting = "yes";
  showCount(opened.elements.text);
}
document.addEventListener("htmx:after:swap", () => requestAnimationFrame(restore));
restore();

document.addEventListener("change", event => {
  if (event.target.dataset.mode) find(event.target.dataset.mode === "note" ? "[data-note] textarea" : "[data-send] textarea")?.focus();
});
document.addEventListener("htmx:after:request", event => {
  const { sourceElement: source, response } = event.detail?.ctx ?? {};
  if (source?.matches?.("[data-note]") && response?.status < 400) source.reset();
});

/* ---- canned replies: "/" in an empty answer, or the button ---- */
async function openCanned(event) {
  const box = find("[data-canned]"), search = find("input", box);
  event.preventDefault();
  box.showPopover();
  search.value = "";
  search.focus();
  await import("./canned.js");
  htmx.ajax("GET", find("[data-canned-open]").href, { target: "#canned-list", swap: "innerHTML" });
}
document.addEventListener("click", event => { if (event.target.closest("[data-canned-open]")) openCanned(event); });
document.addEventListener("keydown", event => {
  if (event.key === "/" && event.target.matches("[data-send] textarea") && !event.target.value) openCanned(event);
});
