"""Many press at once, on both databases: one list, one seed, one draw, one reserve that moves up, one text to the winner."""

from django.utils import timezone

from panel.contests import over
from panel.conversations import number
from recado.apps.accounts.models import Account
from recado.apps.contests.draws import draw_now, freeze, promise, replace_winners
from recado.apps.contests.errors import DrawRefusedError
from recado.apps.contests.models import Contest, Draw, Win
from recado.apps.contests.notifying import From, notify_winners
from recado.apps.contests.queries import standing_wins
from recado.apps.outbox.models import OutboundMessage
from recado.apps.outbox.services import AS_USUAL

PRESSES = 6


def test_many_who_press_at_once_take_each_step_once(in_threads):
    account = Account.objects.create(name="Kwiaciarnia Róża")
    leaving, made = From(AS_USUAL, number(account)), over(account, 6, reserve_count=2)

    def pressed(step):
        def press():
            try:
                step(timezone.now())
            except DrawRefusedError:
                return False
            return True

        return in_threads(*[press] * PRESSES).count(True)

    def there():
        return Draw.objects.select_related("contest__account").get(contest=made.pk)

    assert pressed(lambda now: freeze(Contest.objects.get(pk=made.pk), now)) == 1
    assert pressed(lambda now: promise(there(), now)) == 1
    assert pressed(lambda now: draw_now(there(), now)) == 1
    assert Win.objects.count() == 3
    first = standing_wins(made).get()
    assert pressed(lambda now: replace_winners(there(), [first], "cannot be reached", now)) == 1
    in_threads(*[lambda: notify_winners(Contest.objects.get(pk=made.pk), "You won.", leaving, timezone.now())] * PRESSES)
    assert [one.recipient for one in OutboundMessage.objects.all()] == [standing_wins(made).get().msisdn]
