"""What a program does in place of the panel's pages of contests."""

TWINS = {
    "contests": ["list_contests"],
    "contest-new": ["add_contest", "add_contest_keyword"],
    "contest": ["get_contest", "list_contest_keywords", "list_contest_entries", "list_contest_winners"],
    "contest-live": ["get_contest_figures"],
    "contest-export": ["export_contest_entries"],
    "contest-edit": ["edit_contest", "add_contest_keyword"],
    "contest-end": ["end_contest"],
    "contest-copy": ["copy_contest"],
    "contest-entry": ["get_contest_entry"],
    "contest-entry-leave-out": ["disqualify_contest_entry"],
    "contest-entry-readmit": ["readmit_contest_entry"],
    "contest-entry-choose": ["choose_contest_entry"],
    "contest-draw": ["list_contest_draws", "freeze_contest_list", "promise_contest_seed", "draw_contest"],
    "contest-win-replace": ["replace_contest_winner"],
    "contest-win-take-back": ["take_back_contest_winner"],
    "contest-protocol": ["get_draw_protocol"],
    "contest-instant": ["get_instant_protocol"],
    "contest-notify": ["preview_contest_telling", "notify_contest_winners"],
}
