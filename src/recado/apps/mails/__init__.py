"""Mails that come in: answers to forwarded messages, which become texts, and reports of mails that did not arrive.

What belongs here: what is done with a mail once it is read, and the record of it. What does not: SMTP and LMTP (`server.mail_listener`),
reading a mail (`protocols.mail`), mails that go out (`delivery`), sentences (`panel.mail_words`).
"""
