"""Changes of autoresponders before they are saved, as drafts that can be tried.

What belongs here: from what a form or a button asks for to a `core.draft.Draft`. What does not: comparing (`apps.keywords.examples`,
`apps.keywords.rerun`), saving (`services`).
"""

from collections.abc import Iterable
from copy import copy
from datetime import timedelta

from recado.apps.accounts.models import Account
from recado.apps.autoresponders.models import Autoresponder
from recado.apps.autoresponders.queries import autoresponders_of
from recado.apps.autoresponders.services import AutoresponderContent, fill_in, in_place
from recado.core.autoresponder import Autoresponder as Compiled
from recado.core.draft import NEW, Draft


def draft_of_content(account: Account, content: AutoresponderContent, found: Autoresponder | None = None) -> Draft:
    """Draft one, new or changed."""
    drafted = copy(found) if found else Autoresponder(pk=NEW, account=account)
    fill_in(drafted, content)
    rows = [drafted if one.pk == drafted.pk else one for one in autoresponders_of(account)]
    return _draft(account, rows if found else [*rows, drafted])


def draft_of_move(found: Autoresponder, place: int) -> Draft:
    """Draft another place in the order."""
    return _draft(found.account, in_place(_others(found), found, place))


def draft_of_switch(found: Autoresponder, *, on: bool) -> Draft:
    """Draft switching one on or off."""
    drafted = copy(found)
    drafted.is_enabled = on
    return _draft(found.account, [drafted if one.pk == found.pk else one for one in autoresponders_of(found.account)])


def draft_of_deletion(found: Autoresponder) -> Draft:
    """Draft deleting one."""
    return _draft(found.account, _others(found))


def _others(found: Autoresponder) -> list[Autoresponder]:
    return list(autoresponders_of(found.account).exclude(pk=found.pk))


def _draft(account: Account, rows: Iterable[Autoresponder]) -> Draft:
    return Draft(autoresponders={account.pk: tuple(map(_compiled, filter(lambda row: row.is_enabled, rows)))})


def _compiled(row: Autoresponder) -> Compiled:
    once = timedelta(minutes=row.once_minutes) if row.once_minutes is not None else None
    whose = row.account_id, row.name, row.text, row.number_id, row.keyword_id
    return Compiled(row.pk, *whose, row.condition, row.starts_at, row.ends_at, once, row.daily_ceiling)
