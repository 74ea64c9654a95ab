"""Code pools: the list, one with its codes, adding and making up codes.

What belongs here: requests and responses. What does not: reads and writes (`apps.codes`), handing out (`store.codes`).
"""
