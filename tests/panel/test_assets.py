"""What the browser loads is what the sources give."""

import gzip
import re
from pathlib import Path

import recado.panel
from recado.panel import build_css, build_icons, vendor

PANEL = Path(recado.panel.__file__).parent
STATIC = PANEL / "static" / "panel"


def test_stylesheet_is_fresh():
    assert build_css.is_fresh(), "run `python -m recado.panel.build_css`"


def test_vendored_files_are_those_listed():
    assert vendor.problems() == []


def test_every_icon_used_is_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))
    used = {name for path in PANEL.rglob("*.html") for name in re.findall(r'{% icon "([^"]+)"', path.read_text())}
    assert used <= sprite
    assert sprite == set(build_icons.NAMES)


def test_colours_are_named_in_one_file_only():
    for path in (STATIC / "css").rglob("*.css"):
        if path.name != "20-tokens.css":
            assert not re.search(r"#[0-9a-fA-F]{3,8}\b", path.read_text()), path.name


def test_nothing_is_styled_by_id_and_class_names_are_prefixed():
    for path in (STATIC / "css").rglob("*.css"):
        selectors = re.findall(r"^\s*([^{}@;]+)\{", path.read_text(), re.MULTILINE)
        for selector in selectors:
            assert "#" not in selector, f"{path.name}: {selector}"
            for name in re.findall(r"\.(-?[A-Za-z][\w-]*)", selector):
                assert re.match(r"(c|l|u)-|htmx-", name), f"{path.name}: .{name}"


def test_templates_hold_no_inline_script_style_or_handler():
    for path in PANEL.rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script>|hx-on|js:", text), path.name


def test_what_the_inbox_loads_stays_small():
    """The inbox loads most; what it imports only when it is needed, `import("…")`, is left out."""
    entries = [STATIC / "app.js", STATIC / "js" / "inbox.js"]
    modules = {STATIC / name for entry in entries for name in loaded_by(entry)}
    loaded = {*entries, *modules, STATIC / "theme.js", *(STATIC / "vendor").glob("*.js")}
    assert sum(len(gzip.compress(path.read_bytes(), 6)) for path in loaded) <= 25_000
    assert len(gzip.compress((STATIC / "app.css").read_bytes(), 6)) <= 12_000


def loaded_by(module: Path) -> set[str]:
    """Follow the imports of a script, as names below the static folder."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        path = waiting.pop()
        for name in re.findall(r'^import .*?"(\./[^"]+)"', path.read_text(), re.MULTILINE):
            target = (path.parent / name).resolve()
            if (relative := str(target.relative_to(STATIC.resolve()))) not in found:
                found.add(relative)
                waiting.append(target)
    return found
