// Sending: the bubble is there at once, the server's own one replaces it.

import { showCount } from "./counter.js";
import { all, find } from "./dom.js";
import { forgetDraft, keepDraft } from "./drafts.js";
import { messages, scrollToEnd } from "./thread.js";

function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
}
const pending = key => all("[data-pending]").find(bubble => bubble.dataset.pending === key);

document.addEventListener("submit", event => {
  const form = event.target;
  if (!form.matches("[data-send]")) return;
  const field = form.elements.text, key = form.elements.key;
  if (!field.value.trim() && !find("[name=unsent]", form)) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  pending(key.value)?.remove();
  const bubble = find("#pending").content.firstElementChild.cloneNode(true);
  bubble.dataset.pending = key.value;
  bubble.by = event.submitter;
  find("[data-pending-text]", bubble).textContent = field.value;
  messages().append(bubble);
  scrollToEnd();
  forgetDraft(form);
  setTimeout(() => { field.value = ""; key.value = newKey(); showCount(field); field.focus(); }, 0);
}, true);

const sentKey = event => event.detail?.ctx?.request?.body?.get?.("key");
document.addEventListener("htmx:after:request", event => {
  const key = sentKey(event), status = event.detail?.ctx?.response?.status;
  if (!key || !status) return;
  if (status < 400) pending(key)?.remove();
  else if (status === 422) takeBack(key);
  else failed(key);
});
document.addEventListener("htmx:error", event => { const key = sentKey(event); if (key) failed(key); });

// Refused: the text is there again, unless another was begun.
function takeBack(key) {
  const bubble = pending(key), form = find("[data-send]");
  if (!bubble || !form || form.elements.text.value) { failed(key); return; }
  putBack(form, bubble);
  bubble.remove();
  keepDraft(form);
  showCount(form.elements.text);
}

function putBack(form, bubble) {
  form.elements.text.value = find("[data-pending-text]", bubble).textContent;
  bubble.putBack?.(form);
}

function failed(key) {
  const bubble = pending(key);
  if (!bubble) return;
  find("[data-pending-state]", bubble).hidden = true;
  find("[data-pending-failed]", bubble).hidden = false;
}

function retry(bubble) {
  const form = find("[data-send]");
  if (!form) return;
  putBack(form, bubble);
  form.elements.key.value = bubble.dataset.pending;
  form.requestSubmit(bubble.by);
}

document.addEventListener("click", event => {
  const bubble = event.target.closest("[data-pending]");
  if (event.target.closest("[data-retry]")) retry(bubble);
  if (event.target.closest("[data-edit]")) takeBack(bubble.dataset.pending);
});
