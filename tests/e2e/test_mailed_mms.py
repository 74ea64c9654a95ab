"""A real process takes MMS as mails and is killed: what it acknowledged is there once, also when the mail comes again."""

import smtplib
from contextlib import closing

import pytest
from configuring import run

from carriers.mms_mail.mailed import T_MOBILE_US
from recado.protocols.mail.signed import AddressBook, MmsAddress
from recado.server.secret import secret_key
from recado.store.dialect import connect
from recado.testing.process import RunningRecado, free_port

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

NUMBER = "48600100200"
MESSAGES = "SELECT m.text, m.recipient, count(a.id) FROM inbox_message m LEFT JOIN mms_attachment a ON a.message_id = m.id GROUP BY m.id"


def test_a_mail_that_was_acknowledged_is_there_once_after_a_kill(database, database_url, tmp_path):
    data, port = tmp_path / "data", free_port()
    run("configure_mm7.py", database_url, data, "mms_mail")
    with closing(connect(database)) as con:
        key = con.rows("SELECT id FROM connections_connection WHERE kind = 'mms_mail'")[0][0]
    environment = {"RECADO_MAIL_DOMAIN": "reply.example.org", "RECADO_MAIL_LISTEN": f"smtp://127.0.0.1:{port}"}
    address = AddressBook(secret_key(data), "reply.example.org").mms(MmsAddress(key, 1, NUMBER))
    recado = RunningRecado(data, database_url, environment=environment)
    for _ in range(2):
        recado.start()
        with smtplib.SMTP("127.0.0.1", port) as client:
            assert client.sendmail("gateway@mms.example.net", [address], T_MOBILE_US) == {}
        recado.kill()
    with closing(connect(database)) as con:
        assert con.rows(MESSAGES) == [("our cat", NUMBER, 2)]
