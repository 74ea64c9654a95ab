"""Code that calls the APIs without any library, to be copied.

What belongs here: the samples; each tries a text without sending it. What does not: libraries (`libraries`), the page (`moving`).
`ADDRESS` stands for where the API begins, with a slash at its end.
"""

COMPATIBLE: tuple[tuple[str, str], ...] = (
    (
        "curl",
        """curl "ADDRESSmessages/send_sms.json" \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"phone": "+48500600700", "text": "Your order is ready", "details": true, "test": true}'
""",
    ),
    (
        "Python",
        """import json, os, urllib.request

request = urllib.request.Request(
    "ADDRESSmessages/send_sms.json",
    json.dumps({"phone": "+48500600700", "text": "Your order is ready", "details": True, "test": True}).encode(),
    {"Authorization": f"Bearer {os.environ['TOKEN']}", "Content-Type": "application/json"},
)
answer = json.load(urllib.request.urlopen(request))
if "error" in answer:
    raise SystemExit(f"{answer['error']['code']}: {answer['error']['message']}")
print(answer["queued"], answer["items"])
""",
    ),
    (
        "PHP",
        """<?php
$context = stream_context_create(["http" => [
    "method" => "POST",
    "header" => ["Authorization: Bearer " . getenv("TOKEN"), "Content-Type: application/json"],
    "content" => json_encode(["phone" => "+48500600700", "text" => "Your order is ready", "details" => true, "test" => true]),
]]);
$answer = json_decode(file_get_contents("ADDRESSmessages/send_sms.json", false, $context));
if (isset($answer->error)) {
    exit($answer->error->code . ": " . $answer->error->message);
}
echo $answer->queued;
""",
    ),
    (
        "JavaScript",
        """const response = await fetch("ADDRESSmessages/send_sms.json", {
  method: "POST",
  headers: { Authorization: `Bearer ${process.env.TOKEN}`, "Content-Type": "application/json" },
  body: JSON.stringify({ phone: "+48500600700", text: "Your order is ready", details: true, test: true }),
});
const answer = await response.json();
if (answer.error) throw new Error(`${answer.error.code}: ${answer.error.message}`);
console.log(answer.queued, answer.items);
""",
    ),
)
OWN: tuple[tuple[str, str], ...] = (
    (
        "curl",
        """curl "ADDRESSmessages" \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"phones": ["+48500600700"], "text": "Your order is ready", "test": true}'
""",
    ),
    (
        "Python",
        """import json, os, urllib.error, urllib.request

request = urllib.request.Request(
    "ADDRESSmessages",
    json.dumps({"phones": ["+48500600700"], "text": "Your order is ready", "test": True}).encode(),
    {"Authorization": f"Bearer {os.environ['TOKEN']}", "Content-Type": "application/json"},
)
try:
    print(json.load(urllib.request.urlopen(request)))
except urllib.error.HTTPError as error:
    raise SystemExit(json.load(error)["detail"])
""",
    ),
    (
        "PHP",
        """<?php
$context = stream_context_create(["http" => [
    "method" => "POST",
    "ignore_errors" => true,
    "header" => ["Authorization: Bearer " . getenv("TOKEN"), "Content-Type: application/json"],
    "content" => json_encode(["phones" => ["+48500600700"], "text" => "Your order is ready", "test" => true]),
]]);
$answer = json_decode(file_get_contents("ADDRESSmessages", false, $context));
echo $answer->detail ?? $answer->queued;
""",
    ),
    (
        "JavaScript",
        """const response = await fetch("ADDRESSmessages", {
  method: "POST",
  headers: { Authorization: `Bearer ${process.env.TOKEN}`, "Content-Type": "application/json" },
  body: JSON.stringify({ phones: ["+48500600700"], text: "Your order is ready", test: true }),
});
const answer = await response.json();
if (!response.ok) throw new Error(answer.detail);
console.log(answer);
""",
    ),
)
