"""A logged request as a command for the shell, so that a developer can repeat it.

What belongs here: reading the log's form of a request and quoting. What does not: writing that form (`delivery.forward_url.describe`): its
first line, then headers, an empty line, and the body. Secrets were taken out when it was logged.
"""

import shlex


def as_curl(request: str) -> str:
    """Return the curl command that sends a logged request; an empty one where none was sent."""
    head, _, body = request.replace("\r\n", "\n").partition("\n\n")
    first, *headers = head.split("\n")
    method, _, url = first.partition(" ")
    if not url:
        return ""
    # Globbing off: brackets in addresses are text here. A body that begins with @ is text, too, hence --data-raw.
    words = ["curl", "--globoff", "--request", method]
    for header in headers:
        name, separator, value = header.partition(":")
        if separator:
            words += ["--header", f"{name.strip()}: {value.strip()}" if value.strip() else f"{name.strip()};"]
    if body:
        words += ["--data-raw", body]
    words += ["--url", url]
    return shlex.join(words)
