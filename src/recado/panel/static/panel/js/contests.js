// Says under each text of a contest how long it is, as it is written.

import { all } from "./dom.js";
import { segments } from "./segments.js";

function show(field) {
  const output = document.getElementById(`${field.id}_count`);
  if (!output) return;
  const { units, count, room, forcing } = segments(field.value);
  output.textContent = field.value ? `${units}/${room} · ${count} SMS`
    + (forcing.length ? ` · ${output.dataset.because} ${forcing.slice(0, 3).map(letter => `“${letter}”`).join(", ")}` : "") : "";
  output.classList.toggle("c-counter--over", count > 1);
}
document.addEventListener("input", event => { if (event.target.matches("[data-segments]")) show(event.target); });
all("[data-segments]").forEach(show);
