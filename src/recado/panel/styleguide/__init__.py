"""The page that shows every component of the design system in every state, drawn from the templates the panel itself uses.

What belongs here: sample values, all invented, and the page. What does not: components (`static/panel/css`, `templates/panel`).
"""
