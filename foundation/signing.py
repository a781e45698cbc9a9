"""What the server vouches for: short statements signed with its Ed25519 key, as compact JWS (RFC 7515, RFC 9864).

The public keys stand at /api/keys; anybody can check a receipt with them, on any machine, for ever.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import current_app
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet, OKPKey

from foundation.errors import AppError, Invalid
from foundation.json_text import write_json

ALGORITHM = "Ed25519"
SEED = 32  # bytes


@cache
def keys_from(setting: str) -> list[Key]:
    """The keys of the setting, the one that signs first. Raises AppError."""
    try:
        seeds = [urlsafe_b64decode(text.strip() + "==") for text in setting.split(",")]
        keys: list[Key] = [OKPKey.import_key(Ed25519PrivateKey.from_private_bytes(seed[:SEED + 1])) for seed in seeds]
    except ValueError as error:
        raise AppError("PPX_SIGNING_KEY is not a key. Set it to 32 bytes in base64url, or leave it out.") from error
    for key in keys:
        key.ensure_kid()
    return keys


def keys() -> list[Key]:
    """This server's keys."""
    return keys_from(current_app.config["SIGNING_KEY"])


def sign(payload: Mapping[str, Any]) -> str:
    """The payload, signed."""
    key = keys()[0]
    said = [{"alg": ALGORITHM, "kid": key.kid}, {**payload}]
    text = b".".join(encode(write_json(part).encode()) for part in said)
    return (text + b"." + encode(cast(Ed25519PrivateKey, key.private_key).sign(text))).decode()


def encode(content: bytes) -> bytes:
    """Base64url without padding."""
    return urlsafe_b64encode(content).rstrip(b"=")


def read(token: str) -> dict[str, Any]:
    """What was signed. Raises Invalid unless one of this server's keys signed exactly this."""
    try:
        said = jws.deserialize_compact(token, KeySet(keys()), algorithms=[ALGORITHM])
        return json.loads(said.payload)
    except (JoseError, ValueError) as error:
        raise Invalid("This was not signed by this server, or was changed since.") from error


def payload_of(token: str) -> dict[str, Any]:
    """What a token says, unchecked: for those kept in our own database, whatever key signed them."""
    return json.loads(urlsafe_b64decode(token.split(".")[1] + "=="))


def jwks() -> dict[str, Any]:
    """The public keys, as a JSON Web Key Set."""
    return {"keys": [{**key.as_dict(private=False), "kid": key.kid, "alg": ALGORITHM, "use": "sig"} for key in keys()]}


def fingerprint() -> str:
    """The beginning of the signing key's public half, to be compared by eye: "a8 41 0f 3c 77 e2 5d 90"."""
    return urlsafe_b64decode(jwks()["keys"][0]["x"] + "==")[:8].hex(" ")
