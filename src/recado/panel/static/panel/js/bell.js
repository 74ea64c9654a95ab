// The bell: opens its list, and tells news outside the page too (dot on the icon, notice of the browser, sound) where the person wants that.

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

function beep() {
  if (!navigator.userActivation?.hasBeenActive) return;
  const sound = new AudioContext(), tone = sound.createOscillator(), volume = sound.createGain();
  volume.gain.setValueAtTime(0.08, sound.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.4);
  tone.frequency.value = 880;
  tone.connect(volume).connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + 0.4);
  tone.onended = () => sound.close();
}

// Of several open tabs the first one tells; what is told twice by the stream is told once here.
function tell(news) {
  const key = `${news.dataset.url} ${news.dataset.news}`;
  delete news.dataset.news;
  if (stored("told") === key) return;
  store("told", key);
  if ("sound" in bell.dataset) beep();
  if (!("browser" in bell.dataset) || !document.hidden || window.Notification?.permission !== "granted") return;
  const notice = new Notification(news.textContent, { tag: news.dataset.url });
  notice.onclick = () => { window.focus(); location.assign(news.dataset.url); };
}

function look() {
  showDot();
  const news = find("#live [data-news]");
  if (news && bell) tell(news);
}
document.addEventListener("htmx:after:swap", () => requestAnimationFrame(look));
showDot();
