// Keys and buttons of every page. What they do is fetched at the first press, except what must be there before the next letter.

import { all, areKeysOff, find, isTyping } from "./dom.js";

const palette = find("#palette");
function findAnything() {
  for (const popover of all(":popover-open")) popover.hidePopover();
  palette.showModal();
  find("input", palette).select();
  htmx.trigger(find("input", palette), "palette:open");
  import("./palette.js");
}

const PRESSED = {
  "[data-palette-open]": findAnything,
  "[data-does]": async hit => (await import("./palette.js")).act(hit),
  "[data-theme-toggle]": async button => (await import("./appearance.js")).toggle(button),
  "[data-keys-open]": async () => (await import("./shortcuts.js")).showKeys(),
};
document.addEventListener("click", event => {
  for (const selector in PRESSED) {
    const pressed = event.target.closest(selector);
    if (pressed) { event.preventDefault(); PRESSED[selector](pressed); }
  }
});

const SHORTCUTS = "jkreEnsaluzg/?";
let press, waiting, fetching;
document.addEventListener("keydown", event => {
  const { altKey, ctrlKey, key, metaKey, shiftKey, target } = event, isCommand = ctrlKey || metaKey;
  if (isCommand && key === "Enter" && target.form?.matches("[data-send], [data-note]")) {
    event.preventDefault();
    target.form.requestSubmit();
  } else if (isCommand && !altKey && !shiftKey && key.toLowerCase() === "k" && palette) {
    event.preventDefault();
    if (palette.open) palette.close(); else findAnything();
  } else if (isTyping(target)) {
    if (key !== "Escape") return;
    target.blur();
    if (palette?.open) { event.preventDefault(); palette.close(); }
  } else if (key.length === 1 && !isCommand && !altKey && !areKeysOff() && !find("dialog[open]")) {
    if (SHORTCUTS.includes(key)) event.preventDefault();
    if (press) press(key, event.timeStamp);
    else if (!waiting || waiting === "g") fetchAndPress(key, event.timeStamp);
  }
});

// Whoever goes on typing meanwhile means the field that the first key leads to, so that only the letter after G counts.
// Both wait for one promise: those of two imports may be kept in either order.
async function fetchAndPress(key, at) {
  waiting = key;
  try { ({ press } = await (fetching ??= import("./shortcuts.js"))); press(key, at); } finally { waiting = fetching = undefined; }
}
