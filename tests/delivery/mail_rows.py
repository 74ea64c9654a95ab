"""Rows of mails to send, and who they are from."""

from recado.delivery.mail_message import Identity
from recado.protocols.mail.signed import AddressBook

BOOK = AddressBook("secret", "reply.example.org")
OURS = Identity("Sms Centre <sms@example.org>", "https://sms.example.org", BOOK)


class Mails:
    """Mails to one mailbox."""

    def __init__(self, outbox):
        self.outbox = outbox
        self.destination = outbox.destination("", kind="email")
        outbox.con.execute("UPDATE outbox_destination SET email = ? WHERE id = ?", ("shop@example.com", self.destination))

    def mail(self, **more):
        job = self.outbox.forward(self.destination, **more)
        self.outbox.con.execute("UPDATE outbox_job SET kind = 'forward_email' WHERE id = ?", (job,))
        return job

    def destination_row(self):
        sql = "SELECT failing_since, succeeded_at, paused_at, pause_reason FROM outbox_destination WHERE id = ?"
        return self.outbox.con.rows(sql, (self.destination,))[0]
