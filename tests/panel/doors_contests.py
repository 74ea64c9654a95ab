"""Access to contests."""

from panel.contests import NOON, contest, drawn, entry, over
from panel.conversations import dialogue, number, received
from panel.doors import Door
from panel.hostile import MARKUP
from recado.apps.accounts.models import Role
from recado.apps.contests.models import Contest, Draw, Entry
from recado.apps.contests.queries import standing_wins
from recado.apps.contests.services import choose, disqualify
from recado.apps.keywords.contest_words import give_word
from recado.core.contest import EntryRule


def a_contest(account, user):
    made = contest(account, name=MARKUP[:120], prizes=MARKUP, rules_text=MARKUP, organiser=MARKUP[:300], is_public=True)
    give_word(made, number(account), "ROZA")
    entry(made, text=MARKUP, message_id=received(dialogue(account), MARKUP).pk)
    return {"contest_id": made.pk}


def an_entry(account, user):
    found = a_contest(account, user)
    return {**found, "entry_id": Entry.objects.get(contest=found["contest_id"]).pk}


def one_left_out(account, user):
    found = an_entry(account, user)
    disqualify(Entry.objects.get(pk=found["entry_id"]), MARKUP, user)
    return found


def one_to_choose(account, user):
    made = over(account, 1, EntryRule.JURY)
    return {"contest_id": made.pk, "entry_id": made.entries.get().pk}


def one_chosen(account, user):
    found = one_to_choose(account, user)
    win = choose(Entry.objects.get(pk=found["entry_id"]), MARKUP, NOON)
    return {"contest_id": found["contest_id"], "win_id": win.pk}


def a_draw(account, user):
    made = drawn(account, name=MARKUP[:120], reserve_count=2, notify_text=MARKUP, is_public=True, shows_winners=True)
    return {"contest_id": made.contest_id, "draw_id": made.pk}


def one_drawn(account, user):
    number(account)
    return {"contest_id": a_draw(account, user)["contest_id"]}


def a_winner(account, user):
    found = Draw.objects.get(pk=a_draw(account, user)["draw_id"]).contest
    return {"contest_id": found.pk, "win_id": standing_wins(found).get().pk}


def decided_at_once(account, user):
    return {"contest_id": over(account, 3, EntryRule.INSTANT, every=2, is_public=True).pk}


def a_token_of_instant_wins(account, user):
    return {"token": Contest.objects.get(pk=decided_at_once(account, user)["contest_id"]).public_token}


def a_token(account, user):
    return {"token": Draw.objects.get(pk=a_draw(account, user)["draw_id"]).contest.public_token}


def a_token_and_a_language(account, user):
    return {**a_token(account, user), "language": "en"}


def a_token_and_a_draw(account, user):
    found = Draw.objects.get(pk=a_draw(account, user)["draw_id"])
    return {"token": found.contest.public_token, "draw_id": found.pk}


DOORS = {
    "contests": Door(refuses=Role.BILLING),
    "contest-new": Door(refuses=Role.AGENT),
    "contest": Door(a_contest, Role.BILLING),
    "contest-live": Door(a_contest, Role.BILLING),
    "contest-export": Door(a_contest, Role.BILLING),
    "contest-edit": Door(a_contest, Role.AGENT),
    "contest-end": Door(a_contest, Role.AGENT),
    "contest-copy": Door(a_contest, Role.AGENT, "post"),
    "contest-entry": Door(an_entry, Role.BILLING),
    "contest-entry-leave-out": Door(an_entry, Role.AGENT, "post", {"reason": "works for us"}),
    "contest-entry-readmit": Door(one_left_out, Role.AGENT, "post"),
    "contest-entry-choose": Door(one_to_choose, Role.AGENT, "post"),
    "contest-draw": Door(one_drawn, Role.BILLING),
    "contest-win-replace": Door(a_winner, Role.AGENT),
    "contest-win-take-back": Door(one_chosen, Role.AGENT, "post"),
    "contest-protocol": Door(a_draw, Role.BILLING),
    "contest-instant": Door(decided_at_once, Role.BILLING),
    "contest-notify": Door(one_drawn, Role.AGENT),
}
PUBLIC = {
    "contest-public": Door(a_token),
    "contest-public-in": Door(a_token_and_a_language),
    "contest-public-instant": Door(a_token_of_instant_wins),
    "contest-public-protocol": Door(a_token_and_a_draw),
}
