// A board on a screen: puts news in place as they come, and goes on by itself after every break. Stands alone: no other file is loaded.

const body = document.body, SLOW_MS = 5000;
let polling;

// Messages that stay keep their elements, so that only new ones move; what was taken down is gone at once.
function show(html) {
  const next = new DOMParser().parseFromString(html, "text/html").querySelector("[data-board]"), now = document.querySelector("[data-board]");
  if (!next || next.dataset.state === now.dataset.state) return;
  const kept = new Map([...now.querySelectorAll("[data-post]")].map(post => [post.dataset.post, post]));
  for (const post of next.querySelectorAll("[data-post]")) {
    const before = kept.get(post.dataset.post);
    if (!before) post.classList.add("b-post--new");
    else if (before.innerHTML === post.innerHTML) { before.classList.remove("b-post--new"); post.replaceWith(before); }
  }
  const list = now.querySelector("[data-posts]"), nextList = next.querySelector("[data-posts]");
  if (list && nextList) {
    list.replaceChildren(...nextList.children);
    nextList.replaceWith(list);
  }
  now.replaceWith(next);
}

async function ask() {
  try {
    const answer = await fetch(body.dataset.posts, { cache: "no-cache" });
    if (answer.ok) show(await answer.text());
    else if (answer.status === 404) location.reload();
  } catch { /* no network: the next time */ }
}

// The stream reconnects by itself; where the server has no room for one more, the page asks now and then.
function listen() {
  const stream = new EventSource(body.dataset.events);
  stream.onmessage = event => show(event.data);
  stream.addEventListener("gone", () => location.reload());
  stream.onerror = () => {
    if (stream.readyState !== EventSource.CLOSED || polling) return;
    polling = setInterval(ask, SLOW_MS);
    setTimeout(() => { clearInterval(polling); polling = undefined; listen(); }, 60000);
  };
}
listen();
