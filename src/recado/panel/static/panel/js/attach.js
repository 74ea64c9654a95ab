// Files of an answer, where the number sends MMS: chosen, dropped or pasted, they are taken up at once, and the server answers with the list.

import { all, csrfToken, find } from "./dom.js";

const form = () => find("[data-attach]");
const show = (name, shown) => { const found = find(`[data-attach-${name}]`); if (found) found.hidden = !shown; };
let last = Promise.resolve();

async function post(fill) {
  const to = form(), body = new FormData();
  if (!to) return;
  body.append("csrfmiddlewaretoken", csrfToken());
  fill(body);
  const subject = find("[name=subject]", to)?.value;
  show("failed", false);
  show("waiting", true);
  try {
    const answer = await fetch(to.dataset.attach, { method: "POST", body, headers: { "HX-Request-Type": "partial" } });
    if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
    const list = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
    if (subject) find("[name=subject]", list)?.setAttribute("value", subject);
    // Somebody may have gone to another conversation meanwhile; its list is not this one.
    document.getElementById(list.id)?.replaceWith(list);
  } catch { show("failed", true); }
  show("waiting", false);
}
// One after the other, so that the last answer is about everything.
const inTurn = fill => { last = last.then(() => post(fill)); };
const take = files => inTurn(body => files.forEach(file => body.append("attached", file, file.name || "photo.png")));

document.addEventListener("change", event => {
  if (!event.target.matches("[data-attach-input]")) return;
  const files = [...event.target.files];
  event.target.value = "";
  if (files.length) take(files);
});
document.addEventListener("click", event => {
  const off = event.target.closest("[data-attach-off]");
  if (!off) return;
  event.preventDefault();
  inTurn(body => body.append("off", off.value));
  (all("[data-attach-off]", form()).filter(other => other !== off).at(-1) ?? find("[data-attach-input]")).focus();
});
document.addEventListener("keydown", event => {
  // The first button of the form is another one.
  if (event.key !== "Enter" || !event.target.matches("[data-attached] [name=subject]")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});
// Files leave with the answer; the bubble holds them, should it be refused or not get through.
document.addEventListener("submit", event => {
  const list = find("[data-attached]", event.target), bubble = all("[data-pending]").at(-1);
  if (!list?.children.length || bubble?.dataset.pending !== event.target.elements.key.value) return;
  const files = [...list.childNodes];
  find("[data-pending-files]", bubble).textContent = all(".c-attach__name", list).map(name => name.textContent).join(", ");
  bubble.putBack = form => find("[data-attached]", form).replaceChildren(...files);
  setTimeout(() => list.replaceChildren(), 0);
}, true);
for (const [name, from] of [["paste", "clipboardData"], ["drop", "dataTransfer"]]) {
  document.addEventListener(name, event => {
    const files = [...event[from]?.files ?? []];
    if (!files.length || !event.target.closest?.("[data-attach]")) return;
    event.preventDefault();
    take(files);
  });
}
document.addEventListener("dragover", event => { if (event.target.closest?.("[data-attach]")) event.preventDefault(); });
