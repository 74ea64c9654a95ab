"""A program that signs in to the panel and calls the API, as a person without scripts and a customer's system would."""

import re
import time
from collections.abc import Callable
from typing import Any, Self, TypeVar

import httpx2

T = TypeVar("T")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class WebClient:
    """One cookie jar on one installation."""

    def __init__(self, url: str) -> None:
        self.http = httpx2.Client(base_url=url, follow_redirects=True, timeout=20)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def sign_in(self, email: str, password: str) -> None:
        assert self.post("/login/", "/login/", login=email, password=password).url.path == "/"

    def get(self, path: str) -> str:
        response = self.http.get(path)
        assert response.status_code == 200, f"{path}: {response.status_code}"
        return response.text

    def post(self, page: str, path: str, **fields: str) -> httpx2.Response:
        """Send a form that stands on `page`."""
        token = TOKEN.search(self.get(page))
        assert token is not None
        response = self.http.post(
            path, data={"csrfmiddlewaretoken": token[1], **fields}, headers={"Referer": str(self.http.base_url) + page}
        )
        assert response.status_code == 200, f"{path}: {response.status_code}"
        return response


def call(url: str, action: str, **values: Any) -> Any:
    """Call an API action as the demo's API user."""
    given = {"username": "demo", "password": "demo", **values}
    return httpx2.post(f"{url}/api2/{action}.json", json=given, timeout=20).raise_for_status().json()


def eventually(look: Callable[[], T], is_wanted: Callable[[T], Any] = bool, seconds: float = 15) -> T:
    """Look until what is seen is wanted, and return it."""
    deadline = time.monotonic() + seconds
    while not is_wanted(seen := look()):
        assert time.monotonic() < deadline, seen
        time.sleep(0.02)
    return seen
