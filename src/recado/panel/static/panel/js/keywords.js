// Small things of keyword pages and the simulator: taking a suggested word, copying a link, printing.

import { all, find } from "./dom.js";

document.addEventListener("click", event => {
  const word = event.target.closest("[data-word]"), copy = event.target.closest("[data-copy]");
  if (word) {
    const field = find("input[name=word], input[name=text]", word.closest("form"));
    event.preventDefault();
    field.value = word.dataset.word;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }
  if (copy) navigator.clipboard.writeText(copy.dataset.copy).then(() => { find("span", copy).textContent = copy.dataset.copied; });
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
all("[data-print], [data-copy]").forEach(button => { button.hidden = "copy" in button.dataset && !navigator.clipboard; });
