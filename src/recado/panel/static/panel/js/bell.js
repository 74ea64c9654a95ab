// The bell: opens its list, puts a dot on the page's icon, and tells news aloud where the person wants that.

import { find } from "./dom.js";

const bell = find("#bell");

document.addEventListener("click", event => {
  if (!event.target.closest("[data-bell]") || !bell) return;
  event.preventDefault();
  bell.showPopover();
});

function showDot() {
  const icon = find("link[rel=icon]");
  const isNews = [find("#notices"), find("#unread")].some(count => count?.textContent.trim());
  const wanted = isNews ? icon?.dataset.news : icon?.dataset.plain;
  if (wanted && icon.getAttribute("href") !== wanted) icon.setAttribute("href", wanted);
}

function look() {
  showDot();
  const told = find("#live [data-news]");
  if (!told || !bell) return;
  const { news, url } = told.dataset, { browser, sound } = bell.dataset;
  delete told.dataset.news;
  if ((browser ?? sound) !== undefined) import("./aloud.js").then(aloud => aloud.tell(news, url, told.textContent, bell.dataset));
}
document.addEventListener("htmx:after:swap", () => requestAnimationFrame(look));
showDot();
