"""Settings.

Written by `tools/client.py` out of the API's description; do not change it by hand.
"""

from typing import Literal, cast

from recado_client.caller import UNSET, Caller, Unset, given, segment
from recado_client.operations import shapes


class Settings(Caller):
    """Settings."""

    def get_company(self) -> shapes.CompanyOut:
        """Show the company's data.

        Name, language, time zone, and what stands on invoices.

        Needs the scope `settings:read`.
        """
        return cast("shapes.CompanyOut", self.call("GET", "/api/v1/settings/company"))

    def edit_company(
        self,
        *,
        name: str | Unset = UNSET,
        language: Literal["en", "pl"] | Unset = UNSET,
        time_zone: str | Unset = UNSET,
        company: str | Unset = UNSET,
        tax_id: str | Unset = UNSET,
        address: str | Unset = UNSET,
        postcode: str | Unset = UNSET,
        city: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> shapes.CompanyOut:
        """Change the company's data.

        Change what is given; invoices that were issued keep what they say.

        Needs the scope `settings:write`.
        """
        return cast(
            "shapes.CompanyOut",
            self.call(
                "PATCH",
                "/api/v1/settings/company",
                body=given(
                    {
                        "name": name,
                        "language": language,
                        "time_zone": time_zone,
                        "company": company,
                        "tax_id": tax_id,
                        "address": address,
                        "postcode": postcode,
                        "city": city,
                    }
                ),
                idempotency_key=idempotency_key,
            ),
        )

    def get_delivery_reports(self) -> shapes.DeliveryReports:
        """Show where delivery reports go.

        Show the address of messages that name no other; it may hold a secret of the company's program.

        Needs the scope `settings:read`.
        """
        return cast("shapes.DeliveryReports", self.call("GET", "/api/v1/settings/delivery-reports"))

    def set_delivery_reports(
        self, *, url: str, method: shapes.DestinationMethod | Unset = UNSET, idempotency_key: str | None = None
    ) -> shapes.DeliveryReports:
        """Say where delivery reports go.

        Set the address; an empty one switches reports off. What is owed already goes where it was owed to.

        Needs the scope `settings:write`.
        """
        return cast(
            "shapes.DeliveryReports",
            self.call(
                "PUT", "/api/v1/settings/delivery-reports", body=given({"url": url, "method": method}), idempotency_key=idempotency_key
            ),
        )

    def get_hours(self) -> shapes.HoursHoursOut:
        """Show working hours.

        By weekday, in the company's time zone.

        Needs the scope `settings:read`.
        """
        return cast("shapes.HoursHoursOut", self.call("GET", "/api/v1/settings/hours"))

    def set_hours(
        self, *, days: dict[str, shapes.Span], keeps_public_holidays: bool, idempotency_key: str | None = None
    ) -> shapes.HoursHoursOut:
        """Set working hours.

        Replace the whole week; rules and autoresponders follow at once.

        Needs the scope `settings:write`.
        """
        return cast(
            "shapes.HoursHoursOut",
            self.call(
                "PUT",
                "/api/v1/settings/hours",
                body=given({"days": days, "keeps_public_holidays": keeps_public_holidays}),
                idempotency_key=idempotency_key,
            ),
        )

    def get_quiet_hours(self) -> shapes.QuietHours:
        """Show quiet hours.

        Nothing but direct answers is sent in them.

        Needs the scope `settings:read`.
        """
        return cast("shapes.QuietHours", self.call("GET", "/api/v1/settings/quiet-hours"))

    def set_quiet_hours(self, *, quiet_from: str | None, quiet_until: str | None, idempotency_key: str | None = None) -> shapes.QuietHours:
        """Set quiet hours.

        Set both ends, or null for both.

        Needs the scope `settings:write`.
        """
        return cast(
            "shapes.QuietHours",
            self.call(
                "PUT",
                "/api/v1/settings/quiet-hours",
                body=given({"quiet_from": quiet_from, "quiet_until": quiet_until}),
                idempotency_key=idempotency_key,
            ),
        )

    def list_days_off(self) -> shapes.DaysOffOut:
        """List days off.

        At most 200 of its own; public ones count where `keeps_public_holidays` of the hours says so.

        Needs the scope `settings:read`.
        """
        return cast("shapes.DaysOffOut", self.call("GET", "/api/v1/settings/days-off"))

    def add_day_off(self, *, day: str, idempotency_key: str | None = None) -> shapes.DaysOffOut:
        """Add a day off.

        Close the company on one more day; one that is there already stays. Beyond 200 the oldest go.

        Needs the scope `settings:write`.
        """
        return cast(
            "shapes.DaysOffOut", self.call("POST", "/api/v1/settings/days-off", body=given({"day": day}), idempotency_key=idempotency_key)
        )

    def remove_day_off(self, day: str, *, idempotency_key: str | None = None) -> None:
        """Remove a day off.

        Make one of its own days off a usual day again.

        Needs the scope `settings:write`.
        """
        self.call("DELETE", f"/api/v1/settings/days-off/{segment(day)}", idempotency_key=idempotency_key)

    def get_retention(self) -> shapes.RetentionOut:
        """Show how long data are kept.

        Of messages that are older phone, time and state stay.

        Needs the scope `settings:read`.
        """
        return cast("shapes.RetentionOut", self.call("GET", "/api/v1/settings/retention"))

    def set_retention(
        self, *, messages_months: int | None, files_days: int | None, idempotency_key: str | None = None
    ) -> shapes.RetentionOut:
        """Set how long data are kept.

        Choose both; deleting begins a day later and cannot be undone.

        Needs the scope `settings:write`.
        """
        return cast(
            "shapes.RetentionOut",
            self.call(
                "PUT",
                "/api/v1/settings/retention",
                body=given({"messages_months": messages_months, "files_days": files_days}),
                idempotency_key=idempotency_key,
            ),
        )
