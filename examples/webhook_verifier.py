"""Receive webhooks of Recado, signed: run `python3 webhook_verifier.py 8080 whsec_…` with the secret the panel shows."""
# ruff: noqa: D101, D102, T201  # an example is read whole, runs alone and prints

import base64
import hashlib
import hmac
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

key = base64.b64decode(sys.argv[2].removeprefix("whsec_"))
seen = set()  # a message can come twice, its id tells; keep them in a database if it matters


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        signed = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + body
        expected = "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
        given = self.headers.get("webhook-signature", "").split()
        is_fresh = abs(time.time() - int(self.headers["webhook-timestamp"])) < 300  # noqa: PLR2004  # seconds
        if not (is_fresh and any(hmac.compare_digest(expected, one) for one in given)):
            self.send_response(401)
            self.end_headers()
            return
        event = json.loads(body)
        for message in event["data"] if isinstance(event["data"], list) else [event["data"]]:
            if message["id"] not in seen:
                seen.add(message["id"])
                print(f"{message['sender']} wrote: {message['text']}", flush=True)
        self.send_response(204)
        self.end_headers()


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver)
print(f"listening on port {server.server_port}", flush=True)
server.serve_forever()
