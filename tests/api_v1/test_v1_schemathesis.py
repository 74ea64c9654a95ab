"""The whole API against its own description: whatever is sent, what is answered is described, and nothing breaks.

Objects come from the operations' doors, so that calls with ids hit something. A case leaves nothing behind: the next one finds the same.

Left out of the checks: `positive_data_acceptance`, because business rules refuse what only they can know (a cursor that no page gave,
a name taken, no credit); that a right call is accepted, the doors prove. And `negative_data_rejection` where an address has parameters
that nobody knows: they are overlooked, as by the panel.
"""

import json
import random

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from api_v1.test_v1_doors import DOORS
from recado.api.v1 import auth, gate
from recado.api.v1.api import api as ninja
from recado.api.v1.limits import Limiter
from recado.apps.accounts.services import create_api_user, issue_token
from thorough import times

SCHEMA = schemathesis.openapi.from_dict(json.loads(json.dumps(ninja.get_openapi_schema())))  # it changes what it is given
SCHEMA.app = get_wsgi_application()
OPERATIONS = {operation.ok().definition.raw["operationId"]: operation.ok() for operation in SCHEMA.get_all_operations()}
QUIET = settings(
    max_examples=times(4, thorough=60),
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def send(account, monkeypatch):
    """Send a case as the account's program, and take back what it changed."""
    for module in (auth, gate):
        monkeypatch.setattr(module, "limiter", Limiter(0))
    program = create_api_user(account, "shop", "secret")
    headers = {"Authorization": f"Bearer {issue_token(program)}", "Accept-Encoding": "identity"}

    def sent(case):
        has_unknown = bool(set(case.query or ()) - {one.name for one in case.operation.query})
        left_out = [positive_data_acceptance, *([negative_data_rejection] if has_unknown else [])]
        with transaction.atomic():
            case.call_and_validate(headers=headers, excluded_checks=left_out)
            transaction.set_rollback(True)

    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)  # as Django's own test client does: the connection is the test's
    yield sent
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("name", OPERATIONS)
def test_whatever_is_sent_is_answered_as_described(name, account, send):
    operation, there = OPERATIONS[name], DOORS[name].objects(account)
    ways = [
        operation.as_strategy(generation_mode=mode, path_parameters=given_path)
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
        for given_path in ([there, None] if there else [None])
    ]

    @QUIET
    @given(st.one_of(ways))
    def check(case):
        send(case)

    random.seed(0)
    check()
