"""Group sends: one text to many people, from the draft over the summary to the report.

What belongs here: requests and responses of `/sends/`. What does not: recipients, cost and progress (`apps.campaigns`), handing over
(`delivery`).
"""
