// A text without the letters that make it longer: same rules and same test table as protocols/gsm/text.py. Loaded when a text has some.

import { showCount } from "./counter.js";
import { find } from "./dom.js";
import { isGsm } from "./segments.js";

const NEAR = {
  ł: "l", Ł: "L", đ: "d", Đ: "D", ð: "d", Ð: "D", þ: "th", Þ: "Th", œ: "oe", Œ: "OE", ı: "i", ħ: "h", Ħ: "H", ŧ: "t", Ŧ: "T",
  ŋ: "n", Ŋ: "N", ĸ: "k", ẞ: "SS", "×": "x", "•": "*", "·": ".", "\t": " ",
};
for (const [near, letters] of [["'", "‘’‚‛′`´‹›"], ['"', "“”„‟″«»"], ["-", "‐‑‒–—―−"], ["", "\u200b\u200e\u200f\ufeff"]]) {
  for (const letter of letters) NEAR[letter] = near;
}

function exchanged(letter) {
  if (isGsm(letter)) return letter;
  if (letter in NEAR) return NEAR[letter];
  const bare = [...letter.normalize("NFKD").replace(/\p{M}/gu, "")].map(part => NEAR[part] ?? part).join("");
  return bare && [...bare].every(isGsm) ? bare : letter;
}

export const plain = text => [...text.normalize("NFC")].map(exchanged).join("");

document.addEventListener("click", event => {
  const button = event.target.closest("[data-plain]");
  if (!button) return;
  const field = find("textarea", button.form);
  field.value = plain(field.value);
  showCount(field);
  field.focus();
});
