"""Test messages.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from typing import cast

from recado_client.caller import UNSET, Caller, Unset, given
from recado_client.operations import shapes


class TestMessages(Caller):
    """Test messages."""

    def list_test_messages(self, *, phone: str) -> shapes.TestPhoneOut:
        """What a phone shows after tests.

        List the last 40 texts it sent as tests and got as answers, the oldest first.

        Needs the scope `messages:read`.
        """
        return cast("shapes.TestPhoneOut", self.call("GET", "/api/v1/test-messages", query={"phone": phone}))

    def receive_test_message(
        self, *, phone: str, text: str, number_id: int | None | Unset = UNSET, idempotency_key: str | None = None
    ) -> shapes.TestTextOut:
        """Receive a text as if a phone had sent it.

        Store it with all its consequences, marked as a test: answers go to nobody and cost nothing, forwards are made.

        Needs the scope `messages:write`.
        """
        return cast(
            "shapes.TestTextOut",
            self.call(
                "POST",
                "/api/v1/test-messages",
                body=given({"phone": phone, "text": text, "number_id": number_id}),
                idempotency_key=idempotency_key,
            ),
        )

    def erase_test_messages(self, *, idempotency_key: str | None = None) -> shapes.ErasedTests:
        """Forget all that was tried.

        Erase all test messages of the account and what came of them. Nothing real is touched.

        Needs the scope `messages:write`.
        """
        return cast("shapes.ErasedTests", self.call("DELETE", "/api/v1/test-messages", idempotency_key=idempotency_key))
