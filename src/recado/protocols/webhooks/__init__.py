"""Standard Webhooks: keys as both sides write them, and signatures over what is sent; beside it the signature Twilio gives its requests.

Pure conversions. Not here: what a webhook says and who calls it (`delivery`), where keys are kept (`apps.outbox.secrets`), chance: whoever
makes a key passes it in.
"""

from recado.protocols.webhooks.keys import BadKeyError, KeyKind, kind_of, new_key, public_key
from recado.protocols.webhooks.signing import sign, twilio_signature

__all__ = ["BadKeyError", "KeyKind", "kind_of", "new_key", "public_key", "sign", "twilio_signature"]
