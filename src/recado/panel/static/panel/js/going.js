// G, then a letter: goes to a screen of the rail. Loaded before the single keys, whose letters it may take.

import { areKeysOff, find, isTyping } from "./dom.js";

const WAIT_MS = 1500;
let begun = -Infinity;

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || areKeysOff() || find("dialog[open]")) return;
  if (event.timeStamp - begun < WAIT_MS) {
    begun = -Infinity;
    const link = find(`[data-go="${CSS.escape(event.key)}"]`);
    if (!link) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    link.click();
  } else if (event.key === "g") {
    begun = event.timeStamp;
  }
}, true);
