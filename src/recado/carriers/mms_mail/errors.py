"""What this package raises: one error for mails that cannot be taken, now or ever."""


class MailFormatError(ValueError):
    """A mail is none that can be an MMS; says in English what is wrong, for the answer to whoever sent it."""
