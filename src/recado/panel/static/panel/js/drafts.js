// What was begun and not sent is kept in this tab, over reloads and restarts of the server.

const name = form => `draft ${form.getAttribute("action")}`;
export function keepDraft(form) {
  form.dataset.isWriting = "yes";
  try { sessionStorage.setItem(name(form), form.elements.text.value); } catch { /* storage is off */ }
}
export function forgetDraft(form) {
  delete form.dataset.isWriting;
  try { sessionStorage.removeItem(name(form)); } catch { /* storage is off */ }
}
export function draftOf(form) { try { return sessionStorage.getItem(name(form)); } catch { return null; } }
