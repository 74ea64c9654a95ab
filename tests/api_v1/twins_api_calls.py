"""Pages about what programs called."""

LOG = "a program has the answers to its calls; the log explains them to people"
TWINS = {
    "developers-calls": LOG,
    "developers-call": LOG,
    "developers-moving": "words for people who move programs here",
}
