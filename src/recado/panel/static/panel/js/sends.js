// Group sends: placeholders and ready texts go where the cursor stands; without scripts the server puts them at the end.

import { find } from "./dom.js";

document.addEventListener("click", event => {
  const button = event.target.closest("[data-insert]");
  if (!button) return;
  const field = find("textarea[name=text]", button.form);
  event.preventDefault();
  field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
