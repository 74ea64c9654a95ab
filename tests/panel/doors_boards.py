"""Access to boards and code pools, and the public page of a board."""

from django.utils import timezone

from panel.conversations import number
from panel.doors import Door
from panel.hostile import MARKUP
from recado.apps.accounts.models import Role
from recado.apps.boards.models import Post
from recado.apps.boards.services import BoardContent, add_board
from recado.apps.codes.importing import add_codes
from recado.apps.codes.services import PoolContent, add_pool
from recado.apps.ids import next_id
from recado.apps.keywords.activities import Activity, Kind
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword


def board_with_post(account):
    board = add_board(account, BoardContent("Party", word_list="pumpkin"))
    about = {"account": account, "board": board, "message_id": next_id(), "msisdn": "48501222333", "is_test": False, "text": "Hello"}
    now = timezone.now()
    post = Post.objects.create(id=next_id(), received_at=now, reason="word: pumpkin", name="…333", **about)
    hostile = {"text": MARKUP, "name": MARKUP[:40], "state": "shown", "decided_at": now}
    Post.objects.create(id=next_id(), received_at=now, **(about | hostile))
    return board, post


def a_board(account, user):
    return {"board_id": board_with_post(account)[0].pk}


def a_post(account, user):
    board, post = board_with_post(account)
    return {"board_id": board.pk, "post_id": post.pk}


def a_token(account, user):
    board, _post = board_with_post(account)
    reply = RuleContent(reply="Thanks", activities=(Activity(Kind.POST_TO_BOARD, board.pk),))
    reserve_keyword(account, number(account), "Party", reply, also_when_text_follows=True)
    return {"token": board.public_token}


def a_pool(account, user):
    pool = add_pool(account, PoolContent("Summer"))
    add_codes(pool, ["A1", "B2"])
    return {"pool_id": pool.pk}


def a_code(account, user):
    named = a_pool(account, user)
    return named | {"code_id": account.code_pools.get(pk=named["pool_id"]).codes.first().pk}


DOORS = {
    "boards": Door(refuses=Role.BILLING),
    "board-new": Door(refuses=Role.AGENT),
    "board-preview": Door(refuses=Role.AGENT, method="post", data={"name": "Party", "theme": "day"}),
    "board": Door(a_board, Role.BILLING),
    "board-news": Door(a_board, Role.BILLING),
    "board-decide": Door(a_board, Role.VIEWER, "post", {"posts": "1", "to": "shown"}),
    "board-post-block": Door(a_post, Role.VIEWER, "post"),
    "board-settings": Door(a_board, Role.AGENT),
    "board-keyword": Door(a_board, Role.AGENT),
    "board-open": Door(a_board, Role.AGENT, "post", {"to": "closed"}),
    "board-address": Door(a_board, Role.AGENT),
    "board-delete": Door(a_board, Role.AGENT),
    "code-pools": Door(refuses=Role.BILLING),
    "code-pool-new": Door(refuses=Role.AGENT),
    "code-pool": Door(a_pool, Role.BILLING),
    "code-pool-export": Door(a_pool, Role.BILLING),
    "code-pool-add": Door(a_pool, Role.AGENT),
    "code-pool-confirm": Door(a_pool, Role.AGENT, "post", {"codes": ""}),
    "code-pool-generate": Door(a_pool, Role.AGENT, "post", {"count": 3, "length": 8}),
    "code-withdraw": Door(a_code, Role.AGENT, "post"),
    "code-pool-settings": Door(a_pool, Role.AGENT),
    "code-pool-keyword": Door(a_pool, Role.AGENT),
    "code-pool-delete": Door(a_pool, Role.AGENT),
}
PUBLIC = {
    "public-board": Door(a_token),
    "public-board-posts": Door(a_token),
    "public-board-code": Door(a_token),
}
