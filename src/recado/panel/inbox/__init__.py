"""The inbox: the list of conversations, one conversation with everything people do in it.

What belongs here: requests, responses and how a thread is shown. What does not: reads and writes (`apps.dialogues`), live changes
(`panel.fragments`).
"""
