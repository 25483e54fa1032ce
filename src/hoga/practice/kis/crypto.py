"""The cipher of execution notices: AES-256-CBC, PKCS#7, Base64 (kis.md 5.4). Key and iv travel in the subscribe ack."""

from __future__ import annotations

import base64
import hashlib

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7
from msgspec import Struct

_BLOCK_BITS = 128


class CipherKey(Struct, frozen=True):
    """32 and 16 ASCII characters; their bytes are the AES key and the start vector. Practice's own, so no secret."""

    key: str
    iv: str

    @classmethod
    def derive(cls, seed: str) -> CipherKey:
        """The same seed gives the same key, so that a run on virtual time can be replayed byte for byte."""
        digest = hashlib.sha256(seed.encode()).hexdigest()
        return cls(digest[:32], digest[32:48])

    def encrypt(self, text: str) -> str:
        """Base64 of the encrypted UTF-8 bytes of ``text``."""
        padder = PKCS7(_BLOCK_BITS).padder()
        padded = padder.update(text.encode()) + padder.finalize()
        encryptor = Cipher(AES256(self.key.encode("ascii")), CBC(self.iv.encode("ascii"))).encryptor()
        return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode("ascii")
