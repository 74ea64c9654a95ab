"""What is at hand on every page of the Customer Panel: the bell with notifications, and the palette that finds everything.

What belongs here: their views. What does not: the sentences of notifications (`panel.notification_words`), the screens
(`panel.navigation`), what a live notice changes (`panel.fragments`).
"""
