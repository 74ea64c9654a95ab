// Up and down walk through a menu of a conversation. Loaded when one is opened first.

import { all } from "./dom.js";

document.addEventListener("keydown", event => {
  const menu = event.target.closest?.("[data-actions]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!menu || !step || event.target.matches("input")) return;
  const buttons = all("button", menu), now = buttons.indexOf(event.target);
  event.preventDefault();
  buttons[(now + step + buttons.length) % buttons.length].focus();
});
