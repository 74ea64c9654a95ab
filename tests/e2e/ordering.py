"""Many customers who order the same number, while the operator gives it away, and who reserve their last keyword twice; each in a thread.

Run as a program, because Django can be set up for one database only: `python ordering.py ROUNDS`, with the database in the environment.
Prints one JSON object: how often each number of winners came out of a round.
"""

import json
import sys
import threading
from collections import Counter
from collections.abc import Callable

import django

CUSTOMERS = 6


def at_once(*attempts: Callable[[], object]) -> int:
    """Make all attempts at the same moment; return how many were not refused."""
    from django.db import connection

    start, won = threading.Barrier(len(attempts)), []

    def attempt(one: Callable[[], object]) -> None:
        start.wait(60)
        try:
            one()
            won.append(one)
        except ValueError:  # every refusal is one
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(one,)) for one in attempts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return len(won)


def run(rounds: int) -> dict[str, dict[int, int]]:
    """Race for numbers, with the operator for numbers, and for the last keyword of a plan."""
    from recado.apps.accounts.services import create_account, create_user
    from recado.apps.keywords.services import reserve_keyword
    from recado.apps.numbers.models import Number
    from recado.apps.numbers.services import add_number, assign_number
    from recado.apps.orders.services import order_number, withdraw_order
    from recado.apps.plans.services import add_plan, edit_plan, set_plan
    from recado.core.number import NumberKind

    kind = NumberKind.INDIVIDUAL_LONG
    customers = [create_account(f"Customer {index}") for index in range(CUSTOMERS)]
    user, another = create_user("anna@example.com", None), create_account("Another")
    shared, plan = add_number("48503340503", NumberKind.SHARED_LONG), add_plan("One word")
    edit_plan(plan, plan.name, {}, {NumberKind.SHARED_LONG: 1})
    results: dict[str, Counter[int]] = {"orders": Counter(), "with the operator": Counter(), "keywords": Counter()}
    for turn in range(rounds):
        number = add_number(f"4866420{turn:04}", kind)
        orders = [lambda account=account, number=number: order_number(account, user, kind, number) for account in customers]
        results["orders"][at_once(*orders)] += 1
        for order in number.orders.filter(state="open"):
            withdraw_order(order, user)
        giving = Number.objects.get(pk=number.pk)
        results["with the operator"][at_once(*orders[:3], lambda giving=giving: assign_number(giving, account=another))] += 1
        thrifty = create_account(f"Thrifty {turn}")
        set_plan(thrifty, plan)
        words = [lambda word=word, thrifty=thrifty: reserve_keyword(thrifty, shared, word) for word in (f"aa{turn}x", f"bb{turn}y")]
        results["keywords"][at_once(*words)] += 1
        for each in (*number.orders.filter(state="open"),):
            withdraw_order(each, user)
    return {name: dict(counted) for name, counted in results.items()}


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(run(int(sys.argv[1]))))
