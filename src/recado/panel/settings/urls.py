"""Addresses of the settings."""

from django.urls import URLPattern, path

from recado.panel.settings import (
    activity,
    appearance,
    canned_replies,
    company,
    delivery_reports,
    files,
    hours,
    index,
    invitations,
    notifications,
    retention,
    sender_names,
    team,
)

urlpatterns: list[URLPattern] = [
    path("", index.index, name="settings"),
    path("appearance/", appearance.appearance, name="settings-appearance"),
    path("notifications/", notifications.notifications, name="settings-notifications"),
    path("company/", company.company, name="settings-company"),
    path("canned-replies/", canned_replies.canned_replies, name="canned-replies"),
    path("canned-replies/<int:reply_id>/", canned_replies.canned_reply, name="canned-reply"),
    path("canned-replies/<int:reply_id>/delete/", canned_replies.canned_reply_delete, name="canned-reply-delete"),
    path("files/", files.files, name="files"),
    path("files/<str:public_id>/remove/", files.file_remove, name="file-remove"),
    path("delivery-reports/", delivery_reports.delivery_reports, name="settings-delivery-reports"),
    path("sender-names/", sender_names.sender_names, name="sender-names"),
    path("sender-names/<int:name_id>/off/", sender_names.sender_name_off, name="sender-name-off"),
    path("team/", team.team, name="settings-team"),
    path("team/invite/", invitations.member_invite, name="settings-member-invite"),
    path("team/invitations/<int:invitation_id>/resend/", invitations.invitation_resend, name="settings-invitation-resend"),
    path("team/invitations/<int:invitation_id>/revoke/", invitations.invitation_revoke, name="settings-invitation-revoke"),
    path("team/<int:member_id>/", team.member, name="settings-member"),
    path("team/<int:member_id>/remove/", team.member_remove, name="settings-member-remove"),
    path("hours/", hours.hours, name="settings-hours"),
    path("hours/quiet/", hours.quiet_hours, name="settings-quiet-hours"),
    path("hours/days-off/", hours.add_day_off, name="settings-day-off-add"),
    path("hours/days-off/<str:day>/remove/", hours.remove_day_off, name="settings-day-off-remove"),
    path("retention/", retention.retention, name="settings-retention"),
    path("activity/", activity.activity, name="settings-activity"),
    path("activity/export/", activity.activity_export, name="settings-activity-export"),
]
