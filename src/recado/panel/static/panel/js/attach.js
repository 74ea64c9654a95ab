// Files of an answer: chosen, dropped or pasted, they are taken up at once, and the server answers with the list of what is attached.

import { all, csrfToken, find } from "./dom.js";

const form = () => find("[data-send][data-attach]");
const show = (name, shown) => { const found = find(`[data-attach-${name}]`, form()); if (found) found.hidden = !shown; };
let last = Promise.resolve();

async function post(fill) {
  const to = form(), body = new FormData();
  if (!to) return;
  body.append("csrfmiddlewaretoken", csrfToken());
  fill(body);
  const subject = find("[name=subject]", to)?.value ?? "";
  show("failed", false);
  show("waiting", true);
  try {
    const answer = await fetch(to.dataset.attach, { method: "POST", body, headers: { "HX-Request-Type": "partial" } });
    if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
    const list = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
    if (find("[name=subject]", list)) find("[name=subject]", list).value = subject;
    // Somebody may have gone to another conversation meanwhile; its list is not this one.
    document.getElementById(list.id)?.replaceWith(list);
  } catch { show("failed", true); }
  show("waiting", false);
}
// One after the other, so that the last answer is about everything.
const inTurn = fill => { last = last.then(() => post(fill)); };

export function take(files) {
  const chosen = [...files];
  if (!chosen.length) return;
  inTurn(body => chosen.forEach(file => body.append("attached", file, file.name || "photo.png")));
}
export function takeOff(id) {
  inTurn(body => body.append("off", id));
  const left = all("[data-attach-off]", form()).filter(button => button.value !== id);
  (left.at(-1) ?? find("[data-attach-input]", form())).focus();
}
