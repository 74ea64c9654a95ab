// Shows under a text how long it is and which letters make it longer; offers to write it without accents.

import { all, find } from "./dom.js";
import { plain, segments } from "./segments.js";

export function showCount(field) {
  const output = find("[data-count]", field.form);
  if (!output) return;
  const { units, count, room, forcing } = segments(field.value);
  const because = forcing.length ? ` · ${output.dataset.because} ${forcing.slice(0, 3).map(letter => `“${letter}”`).join(", ")}` : "";
  output.textContent = `${units}/${room} · ${count} SMS${because}`;
  output.classList.toggle("c-counter--over", count > 1);
  const button = find("[data-plain]", field.form);
  if (button) button.hidden = !forcing.length || segments(plain(field.value)).forcing.length > 0;
}
const COUNTED = "textarea, [data-counted]";
export const counted = () => all(COUNTED).filter(field => field.form && find("[data-count]", field.form));
document.addEventListener("input", event => { if (event.target.matches(COUNTED)) showCount(event.target); });

document.addEventListener("click", event => {
  const button = event.target.closest("[data-plain]");
  if (!button) return;
  const field = find("textarea", button.form);
  field.value = plain(field.value);
  showCount(field);
  field.focus();
});
counted().forEach(showCount);
