"""What a program does in place of the panel's pages of groups."""

TWINS = {
    "groups": ["list_groups", "add_group"],
    "group": ["get_group", "edit_group", "list_group_members", "get_group_member", "get_group_growth"],
    "group-delete": ["delete_group"],
}
