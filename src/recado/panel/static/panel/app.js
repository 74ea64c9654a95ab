// Makes the panel faster to use; every link and form works without these files.
// What belongs here: behaviour in the browser, one file for each. What does not: words (templates carry them), rules (the server has them).
import "./js/appearance.js";
import "./js/counter.js";
import "./js/thread.js";
import "./js/sending.js";
import "./js/live.js";
import "./js/bell.js";
import "./js/palette.js";
import "./js/going.js";
import "./js/shortcuts.js";
import "./js/session.js";
