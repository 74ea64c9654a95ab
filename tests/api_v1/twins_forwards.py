"""What a program does in place of the panel's pages of forwards."""

PIECE = "A piece of a page that renews itself; the same is read again."
TWINS = {
    "forwards": ["list_forwards"],
    "forwards-live": PIECE,
    "forward-new": ["add_forward"],
    "forward-preview": ["preview_forward"],
    "forward": ["get_forward", "list_deliveries", "list_forward_secrets"],
    "forward-live": PIECE,
    "forward-edit": ["get_forward", "edit_forward"],
    "forward-test": ["try_out_forward"],
    "forward-pause": ["pause_forward"],
    "forward-resume": ["resume_forward"],
    "forward-try-now": ["try_forward_now"],
    "forward-switch": ["switch_forward_on", "switch_forward_off"],
    "forward-remove": ["delete_forward"],
    "forward-confirm": ["confirm_forward"],
    "forward-code": ["send_forward_code"],
    "forward-secret": "A secret is in the answer that makes it, and shown once there.",
    "forward-secret-new": ["rotate_forward_secret"],
    "forward-again": ["deliver_forwards_again"],
    "forward-delivery": ["get_delivery"],
    "forward-delivery-live": PIECE,
    "forward-delivery-again": ["deliver_again"],
}
