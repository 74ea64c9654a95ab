"""Why the pages about calls of programs have no twin."""

TWINS = {
    "developers-calls": "what programs asked is looked at by people; a program has its own answers",
    "developers-call": "what programs asked is looked at by people; a program has its own answers",
    "developers-moving": "says people how to bring their programs over",
}
