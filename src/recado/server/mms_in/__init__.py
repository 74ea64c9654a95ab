"""MMS that come as a whole: from aggregators over HTTP and from operators by mail.

What belongs here: listening, and handing on to the gateway once every file is durable. What does not: MM7, reading documents
(`carriers.mms_http`) and mails (`protocols.mail`).
"""
