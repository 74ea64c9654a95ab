// The bell: opens its list, puts a dot on the page's icon, and tells news aloud where the person wants that.

import { find, store, stored } from "./dom.js";

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

// Of several open tabs the first one tells; what the stream tells twice is told once.
async function tell({ dataset, textContent }) {
  const { news, url } = dataset, { browser, sound } = bell.dataset;
  delete dataset.news;
  if ((browser ?? sound) === undefined || stored("told") === url + news) return;
  store("told", url + news);
  const aloud = await import("./aloud.js");
  if (sound !== undefined) aloud.beep();
  if (browser !== undefined) aloud.notice(textContent, url);
}

function look() {
  showDot();
  const news = find("#live [data-news]");
  if (news && bell) tell(news);
}
document.addEventListener("htmx:after:swap", () => requestAnimationFrame(look));
showDot();
