// Finding elements, and the small things every other file needs.

export const find = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];
export const csrfToken = () => find("input[name=csrfmiddlewaretoken]")?.value ?? "";
export const stored = name => { try { return localStorage.getItem(name); } catch { /* storage is off */ } };
export const store = (name, value) => { try { localStorage.setItem(name, value); } catch { /* storage is off */ } };
export const isTyping = element => element.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
// Single-key shortcuts are switched off for the person, or in this browser.
export const areKeysOff = () => document.documentElement.dataset.shortcuts === "off" || stored("keys") === "off";
