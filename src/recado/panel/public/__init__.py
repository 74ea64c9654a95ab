"""Pages for everybody, without signing in: the results of a survey, the rules of a contest, a board on a screen.

What belongs here: how such a page is answered (`pages`), and the pages. What does not: their data (`recado.apps`), which decides by a token
that cannot be guessed; pages for people who are about to sign in (`panel.sign_in`).
"""
