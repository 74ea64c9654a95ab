// Keys of the statistics: D W M Y choose a period, the arrows move it, X compares. Loaded on these pages alone.

import { areKeysOff, find, isTyping } from "./dom.js";

const WAIT_MS = 1500;
let begun = -Infinity; // of G and a letter, which leads to a screen
document.addEventListener("keydown", event => {
  const { altKey, ctrlKey, key, metaKey, shiftKey, target, timeStamp } = event;
  if (altKey || ctrlKey || metaKey || shiftKey || isTyping(target) || areKeysOff() || find("dialog[open]")) return;
  const leadsAway = timeStamp - begun < WAIT_MS;
  begun = key === "g" && !leadsAway ? timeStamp : -Infinity;
  const link = !leadsAway && find(`[data-key="${CSS.escape(key)}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
