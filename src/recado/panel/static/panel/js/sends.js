// Group sends: placeholders and ready texts go where the cursor stands; without scripts the server puts them at the end.

import { find } from "./dom.js";

// Whoever listens to typing hears of what a button wrote, too.
function written(field) { field.dispatchEvent(new Event("input", { bubbles: true })); }

document.addEventListener("click", event => {
  const button = event.target.closest("[data-insert]"), plain = event.target.closest("[data-plain]");
  if (plain) setTimeout(() => written(find("textarea", plain.form)), 0);
  if (!button) return;
  const field = find("textarea", button.form);
  event.preventDefault();
  field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
  field.focus();
  written(field);
});
