"""API in the panel: keys of programs, what they called, how to bring programs over from the provider.

What belongs here: requests and responses of these pages. What does not: reads and writes (`apps.accounts.api_users`, `apps.programs`),
the fields (`forms.api_user`), answering programs (`recado.api`).
"""
