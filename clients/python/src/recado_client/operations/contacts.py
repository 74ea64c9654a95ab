"""Contacts.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from collections.abc import Iterator
from typing import cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class Contacts(Caller):
    """Contacts."""

    def list_contacts(
        self,
        *,
        limit: int | Unset = UNSET,
        search: str | Unset = UNSET,
        group_id: int | None | Unset = UNSET,
        source: shapes.ContactSource | None | Unset = UNSET,
    ) -> Iterator[shapes.ContactOut]:
        """List contacts.

        Newest first; `search` finds a phone, or part of a name, company, e-mail address, city or description.

        Needs the scope `contacts:read`.
        """
        return self.pages("/api/v1/contacts", {"limit": limit, "search": search, "group_id": group_id, "source": source})

    def add_contact(
        self,
        *,
        phone: str,
        first_name: str | None | Unset = UNSET,
        last_name: str | None | Unset = UNSET,
        company: str | None | Unset = UNSET,
        email: str | None | Unset = UNSET,
        tax_id: str | None | Unset = UNSET,
        address: str | None | Unset = UNSET,
        city: str | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
        group_ids: list[int] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.AddedContactOut:
        """Add a contact.

        201 for a new one. A phone that is known is completed instead (200): what is empty or left out stays, and no group is left.

        Needs the scope `contacts:write`.
        """
        return cast(
            "shapes.AddedContactOut",
            self.call(
                "POST",
                "/api/v1/contacts",
                body=given(
                    {
                        "first_name": first_name,
                        "last_name": last_name,
                        "company": company,
                        "email": email,
                        "tax_id": tax_id,
                        "address": address,
                        "city": city,
                        "description": description,
                        "phone": phone,
                        "group_ids": group_ids,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def export_contacts(
        self, *, search: str | Unset = UNSET, group_id: int | None | Unset = UNSET, source: shapes.ContactSource | None | Unset = UNSET
    ) -> bytes:
        """Export contacts as CSV.

        Give the contacts the list would show, all pages of it and at most 100,000, as a file while they are read.

        Needs the scope `contacts:read`.
        """
        return cast("bytes", self.call("GET", "/api/v1/contacts/export", query={"search": search, "group_id": group_id, "source": source}))

    def delete_contacts(self, *, contact_ids: list[int], idempotency_key: str | None = None) -> shapes.DeletedOut:
        """Delete several contacts.

        Delete at most 200 contacts; ids that are none are passed over and said. Messages stay, and so does what is noted of consent.

        Needs the scope `contacts:write`.
        """
        return cast(
            "shapes.DeletedOut",
            self.call("POST", "/api/v1/contacts/delete", body=given({"contact_ids": contact_ids}), idempotency_key=idempotency_key),
        )

    def get_contact(self, contact_id: int) -> shapes.ContactOut:
        """Show a contact.

        One contact with its groups, and whether it may be written to.

        Needs the scope `contacts:read`.
        """
        return cast("shapes.ContactOut", self.call("GET", f"/api/v1/contacts/{segment(contact_id)}"))

    def edit_contact(
        self,
        contact_id: int,
        *,
        first_name: str | None | Unset = UNSET,
        last_name: str | None | Unset = UNSET,
        company: str | None | Unset = UNSET,
        email: str | None | Unset = UNSET,
        tax_id: str | None | Unset = UNSET,
        address: str | None | Unset = UNSET,
        city: str | None | Unset = UNSET,
        description: str | None | Unset = UNSET,
        phone: str | None | Unset = UNSET,
        group_ids: list[int] | None | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.ContactOut:
        """Change a contact.

        Change what is sent and nothing else. `group_ids` are all groups it is in afterwards, but none it opted out of.

        Needs the scope `contacts:write`.
        """
        return cast(
            "shapes.ContactOut",
            self.call(
                "PATCH",
                f"/api/v1/contacts/{segment(contact_id)}",
                body=given(
                    {
                        "first_name": first_name,
                        "last_name": last_name,
                        "company": company,
                        "email": email,
                        "tax_id": tax_id,
                        "address": address,
                        "city": city,
                        "description": description,
                        "phone": phone,
                        "group_ids": group_ids,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def delete_contact(self, contact_id: int, *, idempotency_key: str | None = None) -> None:
        """Delete a contact.

        Messages stay, and so does what is noted of consent; `erase_contact` forgets a person.

        Needs the scope `contacts:write`.
        """
        self.call("DELETE", f"/api/v1/contacts/{segment(contact_id)}", idempotency_key=idempotency_key)

    def list_contact_memberships(self, contact_id: int, *, limit: int | Unset = UNSET) -> Iterator[shapes.ContactMembershipOut]:
        """List the groups of a contact.

        Since when, why and until when somebody is in which group, the latest first.

        Needs the scope `contacts:read`.
        """
        return self.pages(f"/api/v1/contacts/{segment(contact_id)}/memberships", {"limit": limit})

    def list_contact_consents(self, contact_id: int, *, limit: int | Unset = UNSET) -> Iterator[shapes.ConsentOut]:
        """List the consents of a contact.

        Show what a person agreed to and took back, with the proof, the latest first.

        Needs the scope `contacts:read`.
        """
        return self.pages(f"/api/v1/contacts/{segment(contact_id)}/consents", {"limit": limit})

    def get_contact_data(self, contact_id: int) -> shapes.PersonOut:
        """Show everything known about a person.

        Everything that is stored about one person, as they may ask for it. Messages are in it if the key has `messages:read`, too.

        Needs the scope `contacts:read`.
        """
        return cast("shapes.PersonOut", self.call("GET", f"/api/v1/contacts/{segment(contact_id)}/data"))

    def erase_contact(self, contact_id: int, *, idempotency_key: str | None = None) -> None:
        """Forget a person.

        Delete the contact and empty all texts exchanged with the phone. Opt-outs stay in force. It cannot be undone.

        Needs the scope `contacts:write`.
        """
        self.call("POST", f"/api/v1/contacts/{segment(contact_id)}/erase", idempotency_key=idempotency_key)

    def list_consents(self, *, phone: str, limit: int | Unset = UNSET) -> Iterator[shapes.ConsentOut]:
        """List the consents of a phone.

        Show the same by phone, also of who is no contact any more.

        Needs the scope `contacts:read`.
        """
        return self.pages("/api/v1/consents", {"limit": limit, "phone": phone})
