"""Code pools in words: where a code is, why something cannot be.

What belongs here: one phrase for each code of ours. What does not: the trail of a message (`activity_words`).
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recado.apps.codes.errors import Refusal
from recado.apps.codes.queries import CodeState
from recado.apps.contacts import table_files

STATES: Mapping[CodeState, Promise] = {
    CodeState.FREE: _("Free"),
    CodeState.HANDED: _("Handed out"),
    CodeState.WITHDRAWN: _("Taken out"),
}
REFUSALS: Mapping[Refusal, Promise] = {
    Refusal.NO_NAME: _("Give the pool a name."),
    Refusal.LOW_AT: _("Take a number from 0 to 100 000."),
    Refusal.NO_CODES: _("There is no code in it. Paste codes, or choose a file."),
    Refusal.TOO_MANY: _("Take at most 100 000 codes at a time."),
    Refusal.TOO_SHORT: _("So many codes of this length could be guessed. Make them longer."),
    Refusal.LENGTH: _("A code has 4 to 24 letters."),
    Refusal.HANDED_OUT: _("The code is somebody’s already, or was taken out before."),
}
TABLES: Mapping[table_files.Refusal, Promise] = {
    table_files.Refusal.EMPTY: REFUSALS[Refusal.NO_CODES],
    table_files.Refusal.TOO_LARGE: _("The file is too large. Take at most 10 MB."),
    table_files.Refusal.TOO_MANY_ROWS: REFUSALS[Refusal.TOO_MANY],
    table_files.Refusal.NOT_A_TABLE: _("This is no table we can read. Save it as CSV or XLSX and try again."),
}
