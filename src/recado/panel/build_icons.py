"""Makes the icon sprite from an unpacked `@tabler/icons` package (MIT): `python -m recado.panel.build_icons <package folder>`.

What belongs here: the list of icons in use. A developer runs it after adding a name; the sprite is committed, so that nothing needs
Node at run time.
"""

import re
import sys
from pathlib import Path

TARGET = Path(__file__).parent / "static" / "panel" / "icons.svg"
LICENCE = "<!-- Tabler Icons 3.51.0, MIT licence, Copyright (c) 2020-2026 Paweł Kuna -->"
# fmt: off
NAMES = (
    "inbox", "key", "users", "messages", "message", "address-book", "robot", "settings", "help", "search", "send",
    "template", "clock-hour-4", "check", "checks", "alert-triangle", "x", "chevron-left", "chevron-right", "dots-vertical",
    "tag", "hash", "moon", "sun", "phone-incoming", "user-plus", "user", "ban", "webhook", "qrcode", "device-mobile",
    "plus", "filter", "archive", "info-circle", "note", "circle-check", "circle-x", "loader", "arrow-back-up", "keyboard",
    "menu-2", "building-store", "plug", "logout", "language", "trash", "pencil", "player-pause", "player-play", "refresh",
    "copy", "list-details", "route", "eye", "lock", "users-group", "test-pipe", "activity", "alert-circle", "arrow-down",
    "arrow-left", "arrow-right", "arrow-up", "bell", "clipboard-list", "clock", "database", "device-desktop", "download",
    "file-import", "file-spreadsheet", "fingerprint", "gauge", "hand-stop", "history", "home", "link", "login", "mail",
    "message-reply", "package", "player-stop", "printer", "restore", "rotate-clockwise", "search-off", "server", "shield",
    "shield-lock", "upload", "user-check", "user-minus", "user-x", "zzz", "speakerphone", "calendar-time", "chart-bar",
    "file-text", "coin", "message-forward", "repeat-off", "grip-vertical", "id-badge",
    "trophy", "device-tv", "ticket", "photo", "volume", "movie", "file", "paperclip",
)
# fmt: on


def symbol(name: str, svg: str) -> str:
    """Turn one icon file into a symbol of the sprite."""
    found = re.search(r"<svg[^>]*>(.*)</svg>", re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL), re.DOTALL)
    inner = found.group(1) if found else ""
    drawing = " ".join(re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>', "", inner).split())
    look = 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'
    return f'<symbol id="{name}" viewBox="0 0 24 24" {look}>{drawing}</symbol>'


def main(arguments: list[str]) -> int:
    """Write the sprite; fail on a name the package does not have."""
    outline = Path(arguments[0]) / "icons" / "outline"
    symbols = [symbol(name, (outline / f"{name}.svg").read_text(encoding="utf-8")) for name in sorted(NAMES)]
    TARGET.write_text("\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', LICENCE, *symbols, "</svg>", ""]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
