// Small things of keyword pages and the simulator: taking a suggested word, printing.

import { all, find } from "./dom.js";

document.addEventListener("click", event => {
  const word = event.target.closest("[data-word]");
  if (word) {
    const field = find("input[name=word], input[name=text]", word.closest("form"));
    event.preventDefault();
    field.value = word.dataset.word;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }
  if (event.target.closest("[data-print]")) print();
});

// Another moment is asked for only where it is chosen.
function showMoment() {
  const when = find("[data-when]"), moment = find("[data-moment]");
  if (when && moment) moment.hidden = when.value !== "moment";
}
document.addEventListener("change", event => { if (event.target.matches("[data-when]")) showMoment(); });
showMoment();

// These buttons do nothing without scripts, so they are shown by them.
all("[data-print]").forEach(button => { button.hidden = false; });

// A name to be filled in goes where the cursor stands; without scripts the button puts it at the end.
document.addEventListener("click", event => {
  const button = event.target.closest("[data-insert]");
  if (!button) return;
  event.preventDefault();
  const field = find("textarea", button.form), end = field.selectionEnd || field.value.length;
  field.setRangeText(button.dataset.insert, field.selectionEnd ? field.selectionStart : end, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
