"""A customer's own HTTP receiver: answers OK and keeps what it was asked."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs, urlsplit


class ReceivingServer:
    """Listens on loopback while the block runs."""

    def __init__(self) -> None:
        self.queries: list[dict[str, list[str]]] = []
        queries = self.queries

        class Taker(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                queries.append(parse_qs(urlsplit(self.path).query))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"OK")

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the interface of the base class
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Taker)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
