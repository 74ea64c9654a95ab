"""Carriers: one folder for each way a carrier talks to us, turning its words into ours and back.

What belongs here: the contract (`base`), the list of kinds (`registry`) and one adapter folder per kind with its README.
What does not: sockets, threads, the database (gateway, store), wire formats (protocols), decisions about messages (core).
"""
