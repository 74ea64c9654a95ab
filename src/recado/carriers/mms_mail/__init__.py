"""MMS that an operator's gateway mails (MM3, 3GPP TS 23.140 §8.3): settings, and what such a mail says.

What belongs here: headers, parts, what operators add to them, as data for each. What does not: SMTP (`server.mail_listener`), signed
addresses (`protocols.mail.signed`), storing (`server.mms_in`).
"""
