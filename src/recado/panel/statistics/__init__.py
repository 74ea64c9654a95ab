"""Statistics: what came, from whom, because of which keyword, and what was answered, for a period and narrowed by what is pressed.

What belongs here: the pages, their words and files. What does not: counting (`apps.statistics`), drawing (`panel.charts`).
"""
