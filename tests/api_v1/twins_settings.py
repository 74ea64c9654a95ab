"""What a program does in place of the panel's pages of settings, team and activity."""

PERSONAL = "a person's own choice: a program has no appearance and gets no notices"
TWINS = {
    "settings": "a menu of the other pages",
    "settings-appearance": PERSONAL,
    "settings-notifications": PERSONAL,
    "settings-company": ["get_company", "edit_company"],
    "settings-delivery-reports": ["get_delivery_reports", "set_delivery_reports"],
    "files": ["list_media_files", "add_media_file", "get_media_file"],
    "file-remove": ["remove_media_file"],
    "settings-retention": ["get_retention", "set_retention"],
    "settings-hours": ["get_hours", "set_hours", "get_quiet_hours", "list_days_off"],
    "settings-quiet-hours": ["set_quiet_hours"],
    "settings-day-off-add": ["add_day_off"],
    "settings-day-off-remove": ["remove_day_off"],
    "settings-team": ["list_members", "list_invitations"],
    "settings-member": ["get_member", "edit_member"],
    "settings-member-remove": ["remove_member"],
    "settings-member-invite": ["invite_member"],
    "settings-invitation-resend": ["resend_invitation"],
    "settings-invitation-revoke": ["revoke_invitation"],
    "settings-activity": ["list_activity"],
    "settings-activity-export": ["export_activity"],
}
