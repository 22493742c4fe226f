"""What is personal, encrypted: AES-256-GCM, bound to the line it belongs to, with a key that is not in the ledger."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from collections.abc import Mapping

from kiosk.errors import LedgerFault
from kiosk.sentences import tell

KEY_BYTES = 32
_NONCE_BYTES = 12


class Sealer:
    """Seals and opens. Any thread may call. `cryptography` is imported when something is first sealed or opened."""

    def __init__(self, key: bytes, named: str) -> None:
        """key: 32 random bytes, kept beside the ledger, not in it. named: the file that holds it, for who must mend."""
        self._key = key
        self._named = named

    def seal(self, content: Mapping[str, str], about: str) -> str:
        """The content as text that tells nothing but its length. about: the line it belongs to; elsewhere it does not
        open."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(_NONCE_BYTES)
        plain = json.dumps(dict(content), ensure_ascii=False).encode("utf-8", "backslashreplace")
        return base64.b64encode(nonce + AESGCM(self._key).encrypt(nonce, plain, about.encode())).decode("ascii")

    def opened(self, sealed: str, about: str) -> dict[str, str]:
        """The content. Raises LedgerFault where it was sealed with another key, for another line, or was changed."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            raw = base64.b64decode(sealed, validate=True)
            plain = AESGCM(self._key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], about.encode())
            return {str(name): str(value) for name, value in json.loads(plain).items()}
        except (InvalidTag, binascii.Error, ValueError, AttributeError) as error:
            raise LedgerFault(
                tell(
                    "what is personal of {about} does not open: put the key {named} back from the backup",
                    about=about,
                    named=self._named,
                )
            ) from error
