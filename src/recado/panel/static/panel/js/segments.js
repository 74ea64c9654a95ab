// How many SMS a text is: same rules and same test table as protocols/gsm/segment.py. An escape counts as the blank it travels as.

const GSM = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENDED = "\f^{}\\[~]|€";
export const isGsm = letter => GSM.includes(letter) || EXTENDED.includes(letter);

// Units that may not be parted: a septet, an escape pair, a surrogate pair.
function cut(units, room) {
  let count = 1, used = 0;
  for (const unit of units) {
    if (used + unit > room) { count += 1; used = 0; }
    used += unit;
  }
  return count;
}

// `isWide`: the connection joins the pieces of a long text by a reference of 16 bits, which leaves them one unit less.
export function segments(text, isWide) {
  const letters = [...text];
  const forcing = [...new Set(letters.filter(letter => !isGsm(letter)))];
  const units = letters.map(letter => forcing.length ? letter.length : EXTENDED.includes(letter) ? 2 : 1);
  const total = units.reduce((sum, unit) => sum + unit, 0);
  const [single, several] = forcing.length ? [70, 67 - !!isWide] : [160, 153 - !!isWide];
  const count = total <= single ? 1 : cut(units, several);
  return { units: total, count, room: count === 1 ? single : count * several, forcing };
}
