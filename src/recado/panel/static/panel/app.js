// Makes the panel faster to use; every link and form works without these files.
// What belongs here: behaviour in the browser, one file for each. What does not: words (templates carry them), rules (the server has them).
import "./js/counter.js";
import "./js/thread.js";
import "./js/sending.js";
import "./js/live.js";
import "./js/bell.js";
import "./js/pressed.js";

// The session ended while somebody wrote.
document.addEventListener("htmx:after:request", async event => {
  const { ctx } = event.detail ?? {};
  if (ctx?.response?.status === 401) (await import("./js/session.js")).keep(ctx);
});
try {
  if (sessionStorage.getItem(`typed ${location.pathname}`)) import("./js/session.js").then(session => session.putBack());
} catch { /* storage is off */ }
