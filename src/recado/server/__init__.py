"""The composition root: Django project and the one ASGI application.

What belongs here: settings, URL roots, wiring of gateway, delivery, panel and API. What does not: logic of any of them.
"""
