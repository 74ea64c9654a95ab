"""Doors of `/boards` and `/code-pools`."""

from django.utils import timezone

from api_v1.doors import Door
from recado.apps.boards.models import Post
from recado.apps.boards.services import BoardContent, add_board
from recado.apps.codes.importing import add_codes
from recado.apps.codes.services import PoolContent, add_pool, withdraw
from recado.apps.ids import next_id


def a_board(account):
    return {"board_id": add_board(account, BoardContent("Party")).pk}


def a_post(account):
    board = add_board(account, BoardContent("Party"))
    about = {"account": account, "board": board, "message_id": next_id(), "msisdn": "48501222333", "is_test": False, "text": "Hello"}
    return {"board_id": board.pk, "post_id": Post.objects.create(id=next_id(), received_at=timezone.now(), **about).pk}


def a_pool(account):
    return {"pool_id": add_pool(account, PoolContent("Summer")).pk}


def a_code(account):
    pool = add_pool(account, PoolContent("Summer"))
    add_codes(pool, ["A1"])
    return {"pool_id": pool.pk, "code_id": pool.codes.get().pk}


def a_withdrawn_code(account):
    named = a_code(account)
    pool = account.code_pools.get(pk=named["pool_id"])
    withdraw(pool, named["code_id"])
    return named


DOORS = {
    "list_boards": Door(),
    "add_board": Door(body={"name": "Party"}),
    "get_board": Door(a_board),
    "edit_board": Door(a_board, body={"theme": "day", "is_open": False}),
    "renew_board_address": Door(a_board),
    "delete_board": Door(a_board),
    "list_board_posts": Door(a_board),
    "decide_board_posts": Door(a_board, body={"posts": [1], "decision": "show"}),
    "get_board_post": Door(a_post),
    "block_board_sender": Door(a_post),
    "list_code_pools": Door(),
    "add_code_pool": Door(body={"name": "Summer"}),
    "get_code_pool": Door(a_pool),
    "edit_code_pool": Door(a_pool, body={"low_at": 5}),
    "delete_code_pool": Door(a_pool),
    "list_codes": Door(a_pool),
    "add_codes": Door(a_pool, body={"codes": ["A1", "B2"]}),
    "generate_codes": Door(a_pool, body={"count": 3}),
    "get_code": Door(a_code),
    "withdraw_code": Door(a_code),
    "put_code_back": Door(a_withdrawn_code),
}
