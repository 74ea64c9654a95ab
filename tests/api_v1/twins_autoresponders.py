"""What a program does in place of the panel's pages of autoresponders, canned replies and sender names."""

TWINS = {
    "autoresponders": ["list_autoresponders", "list_paused_answers"],
    "autoresponder-new": ["add_autoresponder", "try_change"],
    "autoresponder-preview": ["preview_autoresponder"],
    "autoresponder-restore": ["restore_autoresponder"],
    "autoresponder": ["get_autoresponder", "edit_autoresponder", "try_change"],
    "autoresponder-move": ["move_autoresponder"],
    "autoresponder-switch": ["switch_autoresponder_on", "switch_autoresponder_off"],
    "autoresponder-copy": ["copy_autoresponder"],
    "autoresponder-delete": ["delete_autoresponder"],
    "trip-lift": ["resume_answers"],
    "trips-lift": ["resume_all_answers"],
    "canned-replies": ["list_texts", "add_text", "preview_text"],
    "canned-reply": ["get_text", "edit_text"],
    "canned-reply-delete": ["delete_text"],
    "sender-names": ["list_sender_names", "get_sender_name", "ask_for_sender_name"],
    "sender-name-off": ["switch_sender_name_off"],
}
