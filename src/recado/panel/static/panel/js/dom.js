// Finding elements, and the small things every other file needs.

export const find = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];
export const isVisible = element => Boolean(element && element.offsetParent);
export const csrfToken = () => find("input[name=csrfmiddlewaretoken]")?.value ?? "";
export const stored = name => { try { return localStorage.getItem(name); } catch { return null; } };
export const store = (name, value) => { try { localStorage.setItem(name, value); } catch { /* storage is off */ } };
