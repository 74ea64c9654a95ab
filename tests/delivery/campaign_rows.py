"""A campaign with its messages, written plainly, and read back."""

from dataclasses import dataclass
from datetime import datetime

from outbox_rows import NOW, OutboxRows

from recado.store.dialect import SQLITE

NOTHING_COUNTED = dict.fromkeys(
    ("recipient_count", "duplicate_count", "opted_out_count", "blocked_count", "invalid_count", "segment_count", "cost", "prepared_to"), 0
)


@dataclass
class CampaignRows:
    """Campaigns of the one account of the outbox; their messages have ids that grow."""

    outbox: OutboxRows

    def __post_init__(self) -> None:
        if self.outbox.con.dialect is SQLITE:
            self.outbox.con.execute("PRAGMA synchronous=OFF")  # nothing here has to outlive the machine

    def begin(self, recipients=(), *, key: int = 1, state: str = "sending", groups=(), account: int = 1, quiet=False, **more) -> int:
        values = {"per_minute": None, "is_test": False, "started_at": NOW, "released_to": 0, **more}
        texts = {"name": "Sale", "text": "Sale!", "kind": "full", "origin": "campaign"}
        rest = {"is_flash": False, "keeps_quiet_hours": quiet, "created_at": NOW, **NOTHING_COUNTED}
        self.outbox.insert("campaigns_campaign", id=key, account_id=account, state=state, **texts, **values, **rest)
        for group in groups:
            self.outbox.insert("contacts_group", id=group, account_id=1, name="Customers", created_at=NOW)
            self.outbox.insert("campaigns_campaigngroup", campaign_id=key, group_id=group, is_excluded=False)
        with self.outbox.con.transaction():
            for recipient in recipients:
                self.message(recipient, campaign=key, account=account)
        return key

    def message(self, recipient: str, *, campaign: int = 1, account: int = 1, state: str = "queued", **more) -> int:
        key = next(self.outbox.ids)
        values = {"account_id": account, "number_id": 2, "connection_id": 3, "sender": "48503340503", "recipient": recipient}
        rest = {"segment_count": 1, "reason": "", "carrier_error": "", "origin": "campaign", "is_test": False, "created_at": NOW}
        self.outbox.insert("outbox_outboundmessage", id=key, campaign_id=campaign, text="Sale!", state=state, **values, **rest, **more)
        return key

    def opt_out(self, msisdn: str, scope: str = "account", target: int = 0, *, at: datetime = NOW, key: int | None = None) -> None:
        values = {"account_id": 1, "msisdn": msisdn, "scope": scope, "target_id": target, "text": "STOP", "created_at": at}
        self.outbox.insert("contacts_optout", id=key or next(self.outbox.ids), lift_reason="", **values)

    def block(self, msisdn: str) -> None:
        self.outbox.insert("contacts_blockedsender", account_id=1, msisdn=msisdn, reason="", created_at=NOW)

    def hours(self, start: str | None, end: str | None, zone: str = "Europe/Warsaw") -> None:
        self.outbox.con.execute("UPDATE accounts_account SET quiet_from = ?, quiet_until = ?, time_zone = ?", (start, end, zone))

    def stop(self, key: int = 1) -> None:
        self.outbox.con.execute("UPDATE campaigns_campaign SET state = 'stopped' WHERE id = ?", (key,))

    def state(self, key: int = 1) -> str:
        return self.outbox.con.rows("SELECT state FROM campaigns_campaign WHERE id = ?", (key,))[0][0]

    def released(self, key: int = 1) -> list[str]:
        sql = """SELECT o.recipient FROM outbox_job j JOIN outbox_outboundmessage o ON o.id = j.outbound_message_id
            WHERE o.campaign_id = ? ORDER BY j.id"""
        return [row[0] for row in self.outbox.con.rows(sql, (key,))]

    def jobs(self, key: int = 1) -> dict[str, int]:
        sql = """SELECT j.state, COUNT(*) FROM outbox_job j JOIN outbox_outboundmessage o ON o.id = j.outbound_message_id
            WHERE o.campaign_id = ? AND j.is_bulk = TRUE GROUP BY j.state"""
        return dict(self.outbox.con.rows(sql, (key,)))

    def messages(self, key: int = 1) -> dict[str, int]:
        """Count by state and reason."""
        sql = "SELECT state || reason, COUNT(*) FROM outbox_outboundmessage WHERE campaign_id = ? GROUP BY state || reason"
        return dict(self.outbox.con.rows(sql, (key,)))

    def fates(self, key: int = 1) -> dict[str, str]:
        sql = "SELECT recipient, state, reason FROM outbox_outboundmessage WHERE campaign_id = ?"
        return {phone: f"{state} {reason}".strip() for phone, state, reason in self.outbox.con.rows(sql, (key,))}

    def hand_over(self, key: int = 1, count: int = 1_000_000) -> int:
        """Do as the workers do, at once."""
        sql = """SELECT j.id FROM outbox_job j JOIN outbox_outboundmessage o ON o.id = j.outbound_message_id
            WHERE o.campaign_id = ? AND j.state = 'waiting' ORDER BY j.id LIMIT ?"""
        done = self.outbox.con.rows(sql, (key, count))
        if done:
            with self.outbox.con.transaction() as con:
                con.executemany("UPDATE outbox_outboundmessage SET state = 'sent' WHERE id = ?", done)
                con.executemany("UPDATE outbox_job SET state = 'done' WHERE id = ?", done)
        return len(done)
