"""A taken mail port ends in a sentence before anything is started."""

from pathlib import Path

import pytest

from recado.config import Config, ConfigError, Database, MailListener
from recado.server.process import listen, listen_for_mails


def test_a_taken_mail_port_is_named_with_what_to_do():
    with listen("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        config = Config(
            Path(), Database("sqlite", ""), mail_domain="reply.example.org", mail_listen=MailListener("lmtp", "127.0.0.1", port)
        )
        with pytest.raises(ConfigError, match=f"RECADO_MAIL_LISTEN is lmtp://127.0.0.1:{port}, where nothing can listen"):
            listen_for_mails(config)


def test_without_a_listener_no_port_is_opened():
    assert listen_for_mails(Config(Path(), Database("sqlite", ""))) is None
