"""Words about the code by which a phone agrees to forwards: why none goes, what a typed one is.

What belongs here: sentences for the codes of `core.phone_code`, complete by a test. What does not: the text to the phone
(`apps.outbox.code_text`), requests (`confirming`).
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from recado.core.phone_code import CodeJudgement, CodeRefusal

REFUSALS: Mapping[CodeRefusal, Promise] = {
    CodeRefusal.JUST_SENT: gettext_lazy("A code was sent a moment ago. Wait a minute before you send another one."),
    CodeRefusal.TOO_MANY_TO_PHONE: gettext_lazy("This phone got three codes today, and gets no more for now. Try again tomorrow."),
    CodeRefusal.TOO_MANY_OF_ACCOUNT: gettext_lazy("Twenty codes were sent for you today. Try again tomorrow."),
    CodeRefusal.OPTED_OUT: gettext_lazy(
        "Who has this phone texted STOP to you, so it gets no code. They must text START first, or you choose another phone."
    ),
    CodeRefusal.NO_SENDER: gettext_lazy("No code can be sent: there is no number a text could leave from. Ask the operator."),
}
"""Why no code is sent."""
JUDGEMENTS: Mapping[CodeJudgement, Promise] = {
    CodeJudgement.WRONG: gettext_lazy("This is not the code. Look at the last text from us on the phone, and type its six digits."),
    CodeJudgement.USED_UP: gettext_lazy("A wrong code was typed too often. Send a new one."),
    CodeJudgement.EXPIRED: gettext_lazy("The code was good for 15 minutes. Send a new one."),
    CodeJudgement.NONE_SENT: gettext_lazy("No code was sent yet. Send one first."),
}
"""Why what was typed confirms nothing."""
