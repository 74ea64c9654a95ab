// Makes the panel faster to use; every link and form works without this file.
// What belongs here: behaviour in the browser. What does not: words (templates carry them), rules (the server has them).

const find = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/* ---- segment counter: same rules and same test table as protocols/gsm/segment.py ---- */
const GSM = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENDED = "\f^{}\\[~]|€";
const LOOK_ALIKES = { "ł": "l", "Ł": "L", "ø": "o", "đ": "d", "Đ": "D", "„": '"', "”": '"', "“": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "…": "...", " ": " " };

// Units that may not be parted: a septet, an escape pair, a surrogate pair.
function cut(units, room) {
  let count = 1, used = 0;
  for (const unit of units) {
    if (used + unit > room) { count += 1; used = 0; }
    used += unit;
  }
  return count;
}

export function segments(text) {
  const letters = [...text];
  const forcing = [...new Set(letters.filter(letter => !GSM.includes(letter) && !EXTENDED.includes(letter)))];
  const units = letters.map(letter => forcing.length ? letter.length : EXTENDED.includes(letter) ? 2 : 1);
  const total = units.reduce((sum, unit) => sum + unit, 0);
  const [single, several] = forcing.length ? [70, 67] : [160, 153];
  const count = total <= single ? 1 : cut(units, several);
  return { units: total, count, room: count === 1 ? single : count * several, forcing };
}

export function plain(text) {
  return [...text].map(letter => LOOK_ALIKES[letter] ?? letter.normalize("NFD").replace(/\p{M}/gu, "")).join("");
}

function showCount(field) {
  const output = find("[data-count]", field.form);
  if (!output) return;
  const { units, count, room, forcing } = segments(field.value);
  const because = forcing.length ? ` · ${output.dataset.because} ${forcing.slice(0, 3).map(letter => `“${letter}”`).join(", ")}` : "";
  output.textContent = `${units}/${room} · ${count} SMS${because}`;
  output.classList.toggle("c-counter--over", count > 1);
  const button = find("[data-plain]", field.form);
  if (button) button.hidden = !forcing.length || segments(plain(field.value)).forcing.length > 0;
}
const counted = () => all("textarea").filter(field => field.form && find("[data-count]", field.form));
document.addEventListener("input", event => { if (event.target.matches("textarea")) showCount(event.target); });

/* ---- thread: scroll, title, current row, reading ---- */
const thread = () => find("[data-dialogue]");
const messages = () => find("[data-messages]");
const isVisible = element => Boolean(element && element.offsetParent);
let atEnd = true;

function scrollToEnd() { const box = messages(); if (box) box.scrollTop = box.scrollHeight; }
document.addEventListener("scroll", event => {
  const box = event.target;
  if (box.matches?.("[data-messages]")) atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
}, true);

function markCurrent() {
  const id = thread()?.dataset.dialogue;
  for (const row of all("#conversations .c-row")) {
    if (row.parentElement.id === `c-${id}`) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

function showTitle() {
  const unread = parseInt(find("#unread")?.textContent ?? "", 10);
  const base = thread()?.dataset.title ?? document.title.replace(/^\(\d+\+?\) /, "");
  document.title = unread ? `(${unread}) ${base}` : base;
}

// A message that arrives in the conversation somebody looks at is read.
let reading = false;
async function markRead() {
  const open = thread();
  if (!open || document.hidden || reading || !find(`#c-${open.dataset.dialogue} .c-badge`) || !find("[data-send]")) return;
  reading = true;
  try { await fetch(open.dataset.readUrl, { method: "POST", headers: { "X-CSRFToken": csrfToken() } }); } finally { reading = false; }
}
const csrfToken = () => find("input[name=csrfmiddlewaretoken]")?.value ?? "";

let shownDialogue = thread()?.dataset.dialogue;
function afterSwap() {
  const opened = thread()?.dataset.dialogue;
  if (opened !== shownDialogue) {
    shownDialogue = opened;
    atEnd = true;
    counted().forEach(showCount);
    if (matchMedia("(max-width: 760px)").matches) find("#slot")?.focus({ preventScroll: true });
  }
  markCurrent();
  showTitle();
  if (atEnd) scrollToEnd();
  markRead();
  const wish = find("[data-refetch]");
  if (wish) { wish.remove(); fetchAnew(); }
}
document.addEventListener("htmx:after:swap", () => requestAnimationFrame(afterSwap));
document.addEventListener("visibilitychange", () => { if (!document.hidden) markRead(); });

/* ---- sending: the bubble is there at once, the server's own one replaces it ---- */
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
}
const pending = key => all("[data-pending]").find(bubble => bubble.dataset.pending === key);

document.addEventListener("submit", event => {
  const form = event.target;
  if (!form.matches("[data-send]")) return;
  const field = form.elements.text, key = form.elements.key;
  if (!field.value.trim()) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  pending(key.value)?.remove();
  const bubble = find("#pending").content.firstElementChild.cloneNode(true);
  bubble.dataset.pending = key.value;
  find("[data-pending-text]", bubble).textContent = field.value;
  messages().append(bubble);
  scrollToEnd();
  setTimeout(() => { field.value = ""; key.value = newKey(); showCount(field); field.focus(); }, 0);
}, true);

const sentKey = event => event.detail?.ctx?.request?.body?.get?.("key");
document.addEventListener("htmx:after:request", event => {
  const key = sentKey(event), status = event.detail?.ctx?.response?.status;
  if (!key || !status) return;
  if (status < 400) pending(key)?.remove();
  else failed(key);
});
document.addEventListener("htmx:error", event => { const key = sentKey(event); if (key) failed(key); });

function failed(key) {
  const bubble = pending(key);
  if (!bubble) return;
  find("[data-pending-state]", bubble).hidden = true;
  find("[data-pending-failed]", bubble).hidden = false;
}

function retry(bubble) {
  const form = find("[data-send]");
  if (!form) return;
  form.elements.text.value = find("[data-pending-text]", bubble).textContent;
  form.elements.key.value = bubble.dataset.pending;
  form.requestSubmit();
}

/* ---- live stream: say when it is gone, fetch again what was missed ---- */
let wasLost = false;
function showOffline(isOffline) { const bar = find("#offline"); if (bar) bar.hidden = !isOffline; }
document.addEventListener("htmx:sse:error", () => { wasLost = true; showOffline(true); });
document.addEventListener("htmx:sse:before:connection", event => { if (event.detail.connection.attempt > 0) wasLost = true; });
document.addEventListener("htmx:sse:after:connection", () => {
  showOffline(false);
  if (wasLost) fetchAnew();
});

// The extension reconnects a stream that was there; a first connection that fails is tried again here.
function connectAgain(event) {
  const stream = event.target, status = event.detail?.ctx?.response?.status ?? 0;
  if (stream.id !== "events" || stream._htmx?.sse || (status && status < 500)) return;
  wasLost = true;
  showOffline(true);
  setTimeout(() => htmx.ajax("GET", stream.getAttribute("hx-sse:connect"), { source: stream }), 2000);
}
document.addEventListener("htmx:error", connectAgain);
document.addEventListener("htmx:response:error", connectAgain);

function fetchAnew() {
  wasLost = false;
  const list = find("#conversations[data-tab]"), open = thread();
  if (list) htmx.ajax("GET", `/inbox/?part=list&tab=${list.dataset.tab}`, { target: "#conversations", swap: "outerMorph" });
  if (open) htmx.ajax("GET", `/inbox/${open.dataset.dialogue}/?part=messages`, { target: `#messages-${open.dataset.dialogue}`, swap: "innerMorph" });
}

/* ---- clicks ---- */
function toggleTheme() {
  const root = document.documentElement;
  const now = root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.dataset.theme = now === "dark" ? "light" : "dark";
  try { localStorage.setItem("theme", root.dataset.theme); } catch { /* storage is off */ }
}

document.addEventListener("click", event => {
  const hit = selector => event.target.closest(selector);
  if (hit("[data-theme-toggle]")) toggleTheme();
  if (hit("[data-keys-open]")) { find("#menu")?.hidePopover(); find("#keys").showModal(); }
  if (hit("[data-retry]")) retry(hit("[data-pending]"));
  const button = hit("[data-plain]");
  if (button) {
    const field = find("textarea", button.form);
    field.value = plain(field.value);
    showCount(field);
    field.focus();
  }
});

/* ---- single-key shortcuts: never while typing, can be switched off (WCAG 2.1.4) ---- */
const stored = name => { try { return localStorage.getItem(name); } catch { return null; } };
const switchOff = find("[data-keys-off]");
if (switchOff) {
  switchOff.checked = stored("keys") === "off";
  switchOff.addEventListener("change", () => { try { localStorage.setItem("keys", switchOff.checked ? "off" : "on"); } catch { /* storage is off */ } });
}

function step(by) {
  const rows = all("#conversations .c-row");
  const now = rows.findIndex(row => row.hasAttribute("aria-current"));
  const row = rows[Math.max(0, Math.min(rows.length - 1, now + by))];
  if (!row || !isVisible(find("#conversations"))) return;
  row.focus();
  row.click();
}
const SHORTCUTS = {
  j: () => step(1),
  k: () => step(-1),
  r: () => find("[data-send] textarea")?.focus(),
  e: () => find("[data-state-form]")?.requestSubmit(find("[data-state-form] button")),
  "/": () => find("#search")?.focus(),
  "?": () => find("#keys")?.showModal(),
};

document.addEventListener("keydown", event => {
  const field = event.target;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && field.form?.matches("[data-send]")) {
    event.preventDefault();
    field.form.requestSubmit();
    return;
  }
  if (field.matches("input, textarea, select, [contenteditable]")) {
    if (event.key === "Escape") field.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || stored("keys") === "off" || find("dialog[open]")) return;
  const act = SHORTCUTS[event.key];
  if (act) { event.preventDefault(); act(); }
});

/* ---- first view ---- */
find("#conversations [aria-current]")?.scrollIntoView({ block: "nearest" });
scrollToEnd();
showTitle();
counted().forEach(showCount);
