"""Receive what Recado forwards: run `python3 webhook_receiver.py 8080`, and forward to the address below.

http://HOST:8080/?numer=#NUMER#&wiadomosc=#WIADOMOSC#&id=#ID#
"""
# ruff: noqa: D101, D102, T201  # an example is read whole, runs alone and prints

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

seen = set()  # a forward can come twice, its id tells; keep them in a database if it matters


class Receiver(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        given = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        if given["id"] not in seen:
            seen.add(given["id"])
            print(f"{given['numer']} wrote: {given['wiadomosc']}", flush=True)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"OK")  # nothing but OK counts as received; after anything else Recado tries again


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver)
print(f"listening on port {server.server_port}", flush=True)
server.serve_forever()
