"""Doors of `/contests`."""

from datetime import timedelta

from django.utils import timezone

from api_v1.doors import Door
from panel.contests import contest, drawn, entry, over, promised
from panel.conversations import number
from recado.apps.contests.draws import freeze
from recado.apps.contests.models import Draw, Entry
from recado.apps.contests.queries import standing_wins
from recado.apps.contests.services import choose, disqualify
from recado.core.contest import EntryRule


def a_contest(account):
    made = contest(account)
    entry(made)
    number(account)
    return {"contest_id": made.pk}


def an_entry(account):
    return {**(found := a_contest(account)), "entry_id": Entry.objects.get(contest=found["contest_id"]).pk}


def one_left_out(account):
    found = an_entry(account)
    disqualify(Entry.objects.get(pk=found["entry_id"]), "works for us", None)
    return found


def one_to_choose(account):
    made = over(account, 1, EntryRule.JURY)
    return {"contest_id": made.pk, "entry_id": made.entries.get().pk}


def one_chosen(account):
    found = one_to_choose(account)
    win = choose(Entry.objects.get(pk=found["entry_id"]), "", timezone.now())
    return {"contest_id": found["contest_id"], "win_id": win.pk}


def one_over(account):
    return {"contest_id": over(account).pk}


def decided_at_once(account):
    return {"contest_id": over(account, 3, EntryRule.INSTANT, every=2).pk}


def a_frozen_list(account):
    return of_draw(freeze(over(account), timezone.now()))


def a_promise(account):
    return of_draw(promised(account))


def a_draw(account):
    number(account)
    return of_draw(drawn(account, notify_text="You won in {contest}."))


def a_winner(account):
    found = Draw.objects.get(pk=a_draw(account)["draw_id"])
    return {"contest_id": found.contest_id, "win_id": standing_wins(found.contest).get().pk}


def winners_to_tell(account):
    return {"contest_id": a_draw(account)["contest_id"]}


def of_draw(found):
    return {"contest_id": found.contest_id, "draw_id": found.pk}


WORD = {"word": "ROZA"}


def a_contest_and_a_number(account):
    WORD["number_id"] = number(account).pk
    return a_contest(account)


TOMORROW = (timezone.now() + timedelta(days=30)).isoformat()
OWN = "48664200300"

DOORS = {
    "list_contests": Door(),
    "add_contest": Door(body={"name": "Roses", "closes_at": TOMORROW}),
    "get_contest": Door(a_contest),
    "edit_contest": Door(a_contest, body={"name": "Tulips"}),
    "end_contest": Door(a_contest),
    "copy_contest": Door(a_contest, body={"name": "Roses again"}),
    "get_contest_figures": Door(a_contest),
    "list_contest_keywords": Door(a_contest),
    "add_contest_keyword": Door(a_contest_and_a_number, body=WORD),
    "list_contest_entries": Door(a_contest, query={"state": "accepted"}),
    "export_contest_entries": Door(a_contest),
    "get_contest_entry": Door(an_entry),
    "disqualify_contest_entry": Door(an_entry, body={"reason": "works for us"}),
    "readmit_contest_entry": Door(one_left_out),
    "choose_contest_entry": Door(one_to_choose, body={"note": "the nicest"}),
    "take_back_contest_winner": Door(one_chosen),
    "list_contest_draws": Door(a_draw),
    "freeze_contest_list": Door(one_over),
    "promise_contest_seed": Door(a_frozen_list),
    "draw_contest": Door(a_promise, body={}),
    "get_instant_protocol": Door(decided_at_once),
    "get_draw_protocol": Door(a_draw),
    "replace_contest_winner": Door(a_winner, body={"reason": "cannot be reached"}),
    "list_contest_winners": Door(winners_to_tell),
    "preview_contest_telling": Door(winners_to_tell, query={"sender": OWN}),
    "notify_contest_winners": Door(winners_to_tell, body={"sender": OWN, "count": 1, "cost": 9}),
}
