"""What a program does in place of the panel's pages of keys."""

BY_PEOPLE = "keys are made and changed by people, so that one that leaks makes no others; sub-accounts are of the compatible API"

TWINS = {
    "developers": BY_PEOPLE,
    "developers-key": BY_PEOPLE,
    "developers-key-new": BY_PEOPLE,
    "developers-key-edit": BY_PEOPLE,
    "developers-key-token": BY_PEOPLE,
    "developers-key-password": BY_PEOPLE,
    "developers-key-secret": BY_PEOPLE,
    "developers-key-switch": BY_PEOPLE,
    "developers-key-remove": BY_PEOPLE,
}
