"""Settings: what a person chooses for themselves, and what the company decides for everybody in it.

What belongs here: requests and responses of `/settings/`. What does not: fields (`panel.forms`), reads and writes (`apps.accounts`,
`apps.audit`, `apps.notifications`); signing in safely (`panel.sign_in`) and ready answers (`panel.inbox`), which have pages of their own.
"""
