// Asks the browser whether it may show notices when somebody wants them, and says so where it refuses.

import { find } from "./dom.js";

const box = find("[data-ask-browser]");
const refusal = find("[data-browser-refuses]");

async function ask() {
  const answer = !box.checked ? "granted" : "Notification" in window ? await Notification.requestPermission() : "denied";
  refusal.hidden = answer !== "denied";
}

if (box && refusal) {
  box.addEventListener("change", ask);
  refusal.hidden = !box.checked || window.Notification?.permission !== "denied";
}
