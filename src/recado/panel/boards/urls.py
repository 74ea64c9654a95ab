"""Addresses of boards."""

from django.urls import URLPattern, path

from recado.panel.boards import changes, forms, listing, moderation

urlpatterns: list[URLPattern] = [
    path("", listing.board_list, name="boards"),
    path("new/", forms.board_new, name="board-new"),
    path("preview/", forms.board_preview, name="board-preview"),
    path("<int:board_id>/", moderation.board, name="board"),
    path("<int:board_id>/news/", moderation.news, name="board-news"),
    path("<int:board_id>/decide/", moderation.decide_posts, name="board-decide"),
    path("<int:board_id>/posts/<int:post_id>/block/", moderation.post_block, name="board-post-block"),
    path("<int:board_id>/settings/", forms.board_settings, name="board-settings"),
    path("<int:board_id>/keyword/", changes.board_keyword, name="board-keyword"),
    path("<int:board_id>/open/", changes.board_open, name="board-open"),
    path("<int:board_id>/address/", changes.board_address, name="board-address"),
    path("<int:board_id>/delete/", changes.board_delete, name="board-delete"),
]
