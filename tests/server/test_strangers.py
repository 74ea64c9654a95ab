"""What an installation shows of itself to callers from outside."""

import pytest
from starlette.testclient import TestClient

from recado.server.application import build


class Healthy:
    def health(self):
        return {"ok": True, "links": [{"connection": "Secret Telecom"}]}


def ask(path, address, *, with_demo_receiver=False):
    application = build(Healthy(), with_demo_receiver=with_demo_receiver)
    return TestClient(application, client=(address, 40000), base_url="http://localhost").get(path)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.1.2.3", "192.168.0.7", "::ffff:127.0.0.1"])
def test_operators_see_health_and_metrics(address):
    assert "Secret Telecom" in ask("/healthz", address).text
    assert "recado_" in ask("/metrics", address).text


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00::1", "::ffff:8.8.8.8", "testclient"])
def test_strangers_learn_only_whether_all_is_well(address):
    assert ask("/healthz", address).json() == {"ok": True}
    refused = ask("/metrics", address)
    assert (refused.status_code, "recado_" in refused.text) == (403, False)


@pytest.mark.parametrize(("is_demo", "status"), [(True, 200), (False, 404)])
def test_only_a_demo_receives_forwards(db, is_demo, status):
    assert ask("/demo/receiver/", "127.0.0.1", with_demo_receiver=is_demo).status_code == status


@pytest.mark.parametrize("is_secure", [True, False])
def test_a_cookie_set_over_tls_is_secure(client, db, is_secure):
    cookies = client.get("/login/", secure=is_secure).cookies
    assert bool(cookies["csrftoken"]["secure"]) is is_secure
