// Counts texts with two packages of other people: one JSON string a line in, one JSON object a line out.

const readline = require("node:readline");
const { SegmentedMessage } = require("sms-segments-calculator");
const splitSms = require("split-sms");

readline.createInterface({ input: process.stdin }).on("line", line => {
  const text = JSON.parse(line);
  const split = splitSms.split(text, { summary: true });
  const segmented = new SegmentedMessage(text);
  process.stdout.write(JSON.stringify({
    "split-sms": [split.parts.length, split.characterSet === "GSM"],
    "sms-segments-calculator": [segmented.segmentsCount, segmented.encodingName === "GSM-7"],
    // What it keeps together as one letter on the screen, of several code points.
    hasClusters: segmented.graphemes.some(grapheme => [...grapheme].length > 1),
  }) + "\n");
});
