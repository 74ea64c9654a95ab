"""What a live notice does to an open phone simulator: its screen is fetched anew.

The screen depends on who sent what in this browser, so the notice carries no texts, only the wish to refresh; applied twice it refreshes
twice.
"""

from django.template.loader import render_to_string

from recado.apps.dialogues.models import Dialogue


def render(dialogue: Dialogue) -> str:
    """Render the wish of an open simulator to refresh, empty for dialogues of real phones."""
    if not dialogue.is_test:
        return ""
    return render_to_string("panel/simulator/_notice.html", {"phone": dialogue.msisdn})
