"""Roles in templates.

What belongs here: handing the words to templates. What does not: the words (`panel.role_words`).
"""

from django import template

from recado.panel.role_words import role_explanation, role_name

register = template.Library()
register.filter("role_name", role_name)
register.filter("role_explanation", role_explanation)
