// Shows under a text how long it is, what it costs and which letters make it longer; offers to write it without accents.

import { all, find } from "./dom.js";
import { segments } from "./segments.js";

export function showCount(field) {
  const output = find("[data-count]", field.form);
  if (!output) return;
  const { because, price, wide } = output.dataset;
  const { units, count, room, forcing } = segments(field.value, wide);
  output.textContent = `${units}/${room} · ${count} SMS`
    + (price > 0 ? ` · ${(count * price / 100).toFixed(2).replace(".", ",")} zł` : "")
    + (forcing.length ? ` · ${because} ${forcing.slice(0, 3).map(letter => `“${letter}”`).join(", ")}` : "");
  output.classList.toggle("c-counter--over", count > 1);
  const button = find("[data-plain]", field.form);
  if (!button) return;
  if (!forcing.length) button.hidden = true;
  else import("./plain.js").then(({ plain }) => { button.hidden = segments(plain(field.value)).forcing.length > 0; });
}
const COUNTED = "textarea, [data-counted]";
export const counted = () => all(COUNTED).filter(field => field.form && find("[data-count]", field.form));
document.addEventListener("input", event => { if (event.target.matches(COUNTED)) showCount(event.target); });

counted().forEach(showCount);
