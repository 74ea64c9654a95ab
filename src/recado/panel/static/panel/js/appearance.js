// Light or dark, changed by a press at once; the form around the button has the server remember it.

import { store } from "./dom.js";

export function toggle(button) {
  const root = document.documentElement;
  const now = root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.dataset.theme = now === "dark" ? "light" : "dark";
  store("theme", root.dataset.theme);
  if (!button.form) return;
  const chosen = new URLSearchParams(new FormData(button.form));
  chosen.set("theme", root.dataset.theme);
  fetch(button.form.action, { method: "POST", body: chosen, redirect: "manual", keepalive: true });
}
