// The open conversation: scrolling, the title, the current row, marking as read.

import { counted, showCount } from "./counter.js";
import { all, csrfToken, find } from "./dom.js";

export const thread = () => find("[data-dialogue]");
export const messages = () => find("[data-messages]");
let atEnd = true;

export function scrollToEnd() { const box = messages(); if (box) box.scrollTop = box.scrollHeight; }
document.addEventListener("scroll", event => {
  const box = event.target;
  if (box.matches?.("[data-messages]")) atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
}, true);

function markCurrent() {
  const id = thread()?.dataset.dialogue;
  for (const row of all("#conversations .c-row")) {
    if (row.parentElement.id === `c-${id}`) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

function showTitle() {
  const unread = parseInt(find("#unread")?.textContent ?? "", 10);
  const base = thread()?.dataset.title ?? document.title.replace(/^\(\d+\+?\) /, "");
  document.title = unread ? `(${unread}) ${base}` : base;
}

// A message that arrives in the conversation somebody looks at is read.
let reading = false;
async function markRead() {
  const open = thread();
  if (!open || document.hidden || reading || !find(`#c-${open.dataset.dialogue} .c-badge`) || !find("[data-send]")) return;
  reading = true;
  try { await fetch(open.dataset.readUrl, { method: "POST", headers: { "X-CSRFToken": csrfToken(), "HX-Request-Type": "partial" } }); } finally { reading = false; }
}

let shownDialogue = thread()?.dataset.dialogue;
function afterSwap() {
  const opened = thread()?.dataset.dialogue;
  if (opened !== shownDialogue) {
    shownDialogue = opened;
    atEnd = true;
    counted().forEach(showCount);
    if (matchMedia("(max-width: 760px)").matches) find("#slot")?.focus({ preventScroll: true });
  }
  markCurrent();
  showTitle();
  if (atEnd) scrollToEnd();
  markRead();
}
document.addEventListener("htmx:after:swap", () => requestAnimationFrame(afterSwap));
document.addEventListener("visibilitychange", () => { if (!document.hidden) markRead(); });

find("#conversations [aria-current]")?.scrollIntoView({ block: "nearest" });
scrollToEnd();
showTitle();
