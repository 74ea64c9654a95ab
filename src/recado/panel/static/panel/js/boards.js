// Looking through messages for a board: keys, decisions without leaving the page, and what comes meanwhile, always below what one looks at.

import { all, areKeysOff, find, isTyping } from "./dom.js";

const EVERY_MS = 2000, GO_MS = 1500;
const queue = find("[data-queue]"), empty = find("[data-empty]"), done = find("[data-done]");
const posts = () => all("[data-post]", queue);
const current = () => document.activeElement?.closest?.("[data-post]") ?? posts()[0];
const go = post => { post?.focus(); post?.scrollIntoView({ block: "nearest" }); };

function settle() {
  queue.hidden = !posts().length;
  if (empty) empty.hidden = !queue.hidden;
}

/* ---- keys: never while typing, never the letter after G ---- */
let wentAt = -Infinity;
document.addEventListener("keydown", event => {
  const { altKey, ctrlKey, metaKey, target, timeStamp } = event, key = event.key.toLowerCase();
  if (altKey || ctrlKey || metaKey || event.shiftKey || isTyping(target) || areKeysOff() || find("dialog[open]")) return;
  const isAfterG = timeStamp - wentAt < GO_MS;
  wentAt = key === "g" && !isAfterG ? timeStamp : -Infinity;
  if (isAfterG) return;
  const list = posts(), at = list.indexOf(document.activeElement?.closest?.("[data-post]"));
  if (key === "j") go(list[Math.min(list.length - 1, at + 1)]);
  else if (key === "k") go(list[Math.max(0, at - 1)]);
  else if ("arh".includes(key)) find(`[data-key=${key}]`, current() ?? queue)?.click();
});

/* ---- decisions: the row goes, the next one is under the keys ---- */
document.addEventListener("submit", async event => {
  const form = event.target.closest("[data-decide]");
  if (!form) return;
  event.preventDefault();
  const body = new FormData(form, event.submitter), mine = new Set(body.get("posts").split(","));
  const rows = posts().filter(post => mine.has(post.dataset.post));
  const had = rows.some(row => row.contains(document.activeElement)), list = posts(), last = list.indexOf(rows.at(-1));
  const next = list[last + 1] ?? list[list.indexOf(rows[0]) - 1];
  rows.forEach(row => row.classList.add("c-post--leaving"));
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Fragment": "1" } });
    if (!answer.ok || answer.redirected) throw new Error();
    done.innerHTML = await answer.text();
    const changed = new Set(find("[data-changed]", done).dataset.changed.split(","));
    for (const row of rows) if (changed.has(row.dataset.post)) row.remove(); else row.classList.remove("c-post--leaving");
    if (had) go(next);
    settle();
    look();
  } catch {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "to", value: body.get("to") }));
    form.submit();
  }
});

/* ---- what comes, and what others decided ---- */
let looking;
async function look() {
  if (!queue.dataset.news || document.hidden || looking) return;
  looking = true;
  try {
    const answer = await fetch(`${queue.dataset.news}?version=${queue.dataset.version}`);
    if (answer.status === 200 && !answer.redirected) take(find("[data-version]", new DOMParser().parseFromString(await answer.text(), "text/html")));
  } catch { /* no network: the next time */ } finally { looking = false; }
}
function take(news) {
  const there = new Map(posts().map(post => [post.dataset.post, post])), waiting = new Set();
  for (const post of all("[data-post]", news)) {
    waiting.add(post.dataset.post);
    if (!there.has(post.dataset.post)) queue.append(post);
  }
  for (const [id, post] of there) if (!waiting.has(id) && !post.contains(document.activeElement)) post.remove();
  for (const name of ["waiting", "shown", "rejected"]) find(`[data-count-${name}]`).textContent = news.dataset[name];
  const bulk = find("[data-bulk]");
  if (!bulk.contains(document.activeElement)) bulk.replaceChildren(...find("[data-bulk]", news).childNodes);
  queue.dataset.version = news.dataset.version;
  settle();
}
if (queue.dataset.news) setInterval(look, EVERY_MS);
