// How many SMS a text is: same rules and same test table as protocols/gsm/segment.py.

const GSM = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENDED = "\f^{}\\[~]|€";
const LOOK_ALIKES = { "ł": "l", "Ł": "L", "ø": "o", "đ": "d", "Đ": "D", "„": '"', "”": '"', "“": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "…": "...", " ": " " };

// Units that may not be parted: a septet, an escape pair, a surrogate pair.
function cut(units, room) {
  let count = 1, used = 0;
  for (const unit of units) {
    if (used + unit > room) { count += 1; used = 0; }
    used += unit;
  }
  return count;
}

export function segments(text) {
  const letters = [...text];
  const forcing = [...new Set(letters.filter(letter => !GSM.includes(letter) && !EXTENDED.includes(letter)))];
  const units = letters.map(letter => forcing.length ? letter.length : EXTENDED.includes(letter) ? 2 : 1);
  const total = units.reduce((sum, unit) => sum + unit, 0);
  const [single, several] = forcing.length ? [70, 67] : [160, 153];
  const count = total <= single ? 1 : cut(units, several);
  return { units: total, count, room: count === 1 ? single : count * several, forcing };
}

export function plain(text) {
  return [...text].map(letter => LOOK_ALIKES[letter] ?? letter.normalize("NFD").replace(/\p{M}/gu, "")).join("");
}
