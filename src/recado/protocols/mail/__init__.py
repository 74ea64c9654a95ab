"""Mail as messages (RFC 5322) and what people's programs make of it: signed addresses, reading replies and bounces, writing forwards.

What belongs here: octets and headers in, values out, and the other way. What does not: SMTP and LMTP themselves (`delivery.smtp_client`,
`server.mail_listener`), what a reply may do (`apps.mails`).
"""
