"""A passkey as it lies in the database, made without a browser. Enrolling and using one is tried in Chromium."""

import json
import secrets

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from recado.apps.accounts.models import User

PRESENT_AND_VERIFIED_WITH_KEY = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT


def stored_passkey(user: User, name: str = "Laptop") -> Authenticator:
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    key_id = secrets.token_bytes(16)
    credential = AttestedCredentialData.create(Aaguid.NONE, key_id, key)
    data = AuthenticatorData.create(sha256(b"localhost"), PRESENT_AND_VERIFIED_WITH_KEY, 0, credential)
    client = CollectedClientData.create("webauthn.create", secrets.token_bytes(32), "http://localhost")
    answer = {
        "type": "public-key",
        "id": websafe_encode(key_id),
        "rawId": websafe_encode(key_id),
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
    kept = {"name": name, "credential": json.loads(json.dumps(answer))}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=kept)
