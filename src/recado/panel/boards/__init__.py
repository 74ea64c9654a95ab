"""Boards: the list, the form, looking through messages.

What belongs here: requests and responses. What does not: reads and writes (`apps.boards`), words (`board_words`), the public page
(`panel.public.board`).
"""
