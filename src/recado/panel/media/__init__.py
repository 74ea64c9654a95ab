"""Contents over HTTP: `/media/<link>/<name>`.

What belongs here: answering links so that nothing active ever runs in a page. What does not: making links (`apps.media.links`).
"""
