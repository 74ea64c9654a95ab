"""Forms of the panel: which fields, how they are checked, which words go with them.

What belongs here: input and its translation into what services take. What does not: saving (`apps.*.services`), layout (templates).
"""
