// The provider's client library from npm, unmodified, told what to call by JSON lines on standard input; answers go out the same way.
// {"address": ..., "username": ..., "password": ...} comes first, then {"call": "oGroups.add", "args": [...]} one at a time.
// Answers are read from the library's own HTTP client, because one of its methods (error.view) loses the callback it is given.
const request = require("request");
const readline = require("node:readline");

let answered = () => {};
const post = request.post;
request.post = (...given) =>
  post(...given).on("response", (response) => {
    let body = "";
    response.on("data", (data) => (body += data));
    response.on("end", () => setImmediate(() => answered(response.statusCode, body)));
  });

const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
const methods = (sms) =>
  Object.keys(sms)
    .filter((name) => /^o[A-Z]/.test(name) && sms[name] && name !== "oRequest")
    .flatMap((name) => Object.keys(sms[name]).filter((one) => typeof sms[name][one] === "function" && one !== "init").map((one) => `${name}.${one}`));

process.on("uncaughtException", (error) => say({ complaint: String(error) }));
let sms;
readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const told = JSON.parse(line);
  if (told.address) {
    sms = require("serwersms.pl").serwerSMS(told.username, told.password);
    sms.api_url = told.address;
    say({ methods: methods(sms) });
    return;
  }
  const [subject, method] = told.call.split(".");
  let heard = false;
  answered = (status, body) => say({ status, body, heard });
  sms[subject][method](...told.args, () => (heard = true));
});
