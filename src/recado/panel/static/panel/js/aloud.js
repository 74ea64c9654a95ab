// News told outside the page: a sound, a notice of the browser. Loaded only for people who switched one of them on.

import { store, stored } from "./dom.js";

// Of several open tabs the first one tells; what the stream tells twice is told once.
export function tell(news, url, text, { browser, sound }) {
  if (stored("told") === url + news) return;
  store("told", url + news);
  if (sound !== undefined) beep();
  if (browser !== undefined) notice(text, url);
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

function notice(text, url) {
  if (!document.hidden || window.Notification?.permission !== "granted") return;
  const shown = new Notification(text, { tag: url });
  shown.onclick = () => { window.focus(); location.assign(url); };
}
