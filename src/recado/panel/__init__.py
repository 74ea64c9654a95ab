"""The Customer Panel: views, forms, templates, static files.

What belongs here: requests, responses and what people see. What does not: SQL, business rules; those are asked of `apps`.
"""
