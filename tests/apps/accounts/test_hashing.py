import pytest
from django.contrib.auth.hashers import check_password, make_password

from recado.apps.accounts.hashing import ThriftyArgon2


def test_a_password_is_hashed_as_owasp_recommends(real_password_costs: dict[str, int], monkeypatch: pytest.MonkeyPatch):
    for name, cost in real_password_costs.items():
        monkeypatch.setattr(ThriftyArgon2, name, cost)
    stored = make_password("a long password")
    assert stored.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password("a long password", stored)
