"""What a program does in place of the panel's pages of group sends."""

TWINS = {
    "sends": ["list_campaigns", "list_sendings"],
    "send-new": ["add_campaign"],
    "send": ["get_campaign", "list_campaign_messages", "list_campaign_replies", "list_campaign_opt_outs"],
    "send-edit": ["edit_campaign", "add_campaign_people", "list_campaign_people", "remove_campaign_person", "remove_campaign_people"],
    "send-check": ["estimate_campaign", "preview_campaign"],
    "send-delete": ["delete_campaign"],
    "send-summary": ["estimate_campaign", "preview_campaign", "send_campaign"],
    "send-try": ["try_campaign"],
    "send-progress": ["get_campaign_progress"],
    "send-export": ["export_campaign"],
    "send-stop": ["stop_campaign"],
    "send-cancel": ["cancel_campaign"],
    "send-copy": ["copy_campaign"],
}
