"""How a link can fail to do what was asked of it: as types, because what may be sent again depends on them."""


class LinkError(Exception):
    """A link could not do what was asked of it."""


class BindRefusedError(LinkError):
    """The carrier answered the bind with an error."""


class LinkLostError(LinkError):
    """The session ended before the answer came."""


class LinkDownError(LinkError):
    """The session is not bound, nothing was sent."""


class ResponseTimeoutError(LinkError):
    """The carrier did not answer in time."""


class UnreadableAnswerError(LinkError):
    """The carrier answered, but nobody can tell what."""
