"""Media files.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import cast

from recado_client.caller import UNSET, Caller, Unset, Upload, segment
from recado_client.operations import shapes


class MediaFiles(Caller):
    """Media files."""

    def list_media_files(self, *, limit: int | Unset = UNSET) -> Iterator[shapes.MediaFileOut]:
        """List files that are kept.

        Show the latest first.

        Needs the scope `messages:read`.
        """
        return self.pages("/api/v1/media-files", {"limit": limit})

    def add_media_file(self, *, file: Upload, idempotency_key: str | None = None) -> shapes.MediaFileOut:
        """Keep a file.

        At most 10 MiB, of a kind that goes with an MMS; 500 MiB altogether (409 `no-room`). A key for tests keeps it, too.

        Needs the scope `messages:send`.
        """
        return cast("shapes.MediaFileOut", self.call("POST", "/api/v1/media-files", files={"file": file}, idempotency_key=idempotency_key))

    def get_media_file(self, file_id: str) -> shapes.MediaFileOut:
        """Show a file that is kept.

        With a fresh link.

        Needs the scope `messages:read`.
        """
        return cast("shapes.MediaFileOut", self.call("GET", f"/api/v1/media-files/{segment(file_id)}"))

    def remove_media_file(self, file_id: str, *, idempotency_key: str | None = None) -> None:
        """Let a file go.

        Keep it no longer. Messages that were sent with it keep theirs.

        Needs the scope `messages:send`.
        """
        self.call("DELETE", f"/api/v1/media-files/{segment(file_id)}", idempotency_key=idempotency_key)
