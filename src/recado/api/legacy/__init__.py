"""The provider's older "HTTPS XML API" (provider-api.md §9): the same account, asked in Polish (docs/reference/api-xml.md).

What belongs here: its names for what the compatible API does, and its XML. What does not: doing it; every action here asks an action of
`api.compat`, with the same errors, limits and rights.
"""
