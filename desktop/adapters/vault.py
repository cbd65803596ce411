"""The terminal's safe: what it holds is sealed with keys that all hang on one secret.

The secret of the machine is a private file of 32 bytes, made at the first start. Every use has a
key of its own, derived with HKDF-SHA-256 (RFC 5869); files are sealed with AES-256-GCM, their name
being part of the seal. The secret store of the operating system and the lock that a person opens
take the file's place here, behind the same methods.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.adapters.files import clear_drafts, private_folder, write_whole
from desktop.core.errors import ErrorCode, SigningError

if TYPE_CHECKING:
    from pathlib import Path

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_MACHINE: Final = "machine.secret"
_SEALED: Final = ".sealed"


class Vault:
    """The safe in one folder; made by :meth:`open`."""

    def __init__(self, folder: Path, machine: bytes) -> None:
        self._folder = folder
        self._machine = machine

    @classmethod
    def open(cls, folder: Path) -> Vault:
        """Open the safe; a new one, with a new secret, where the folder is empty or absent.

        Raises:
            SigningError: The secret cannot be read or made, or is missing beside what it sealed.
        """
        file = folder / _MACHINE
        try:
            clear_drafts(private_folder(folder))
            if not file.exists():
                if any(folder.glob(f"*{_SEALED}")):
                    raise SigningError(ErrorCode.KEY_UNREADABLE)
                write_whole(file, secrets.token_bytes(KEY_BYTES))
            machine = file.read_bytes()
        except OSError as error:
            raise SigningError(ErrorCode.KEY_UNREADABLE) from error
        if len(machine) != KEY_BYTES:
            raise SigningError(ErrorCode.KEY_UNREADABLE)
        return cls(folder, machine)

    def secret(self, purpose: str) -> bytes:
        """The key for one purpose, 32 bytes, always the same in this safe and in no other."""
        info = f"tresen {purpose}".encode()
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(self._machine)

    def read(self, name: str) -> bytes | None:
        """What was written under a name; None if nothing was.

        Raises:
            SigningError: It cannot be read, or was sealed elsewhere, under another name or not at
                all.
        """
        try:
            sealed = self._file(name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise SigningError(ErrorCode.KEY_UNREADABLE) from error
        nonce, content = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return self._cipher().decrypt(nonce, content, name.encode())
        except (InvalidTag, ValueError) as error:
            raise SigningError(ErrorCode.KEY_UNREADABLE) from error

    def write(self, name: str, content: bytes) -> None:
        """Seal something under a name, durably, in place of what was there.

        Raises:
            SigningError: It could not be written, or not durably; there is the old or the new.
        """
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = nonce + self._cipher().encrypt(nonce, content, name.encode())
        try:
            write_whole(self._file(name), sealed)
        except OSError as error:
            raise SigningError(ErrorCode.FILE_UNWRITABLE, file=self._file(name).name) from error

    def _cipher(self) -> AESGCM:
        return AESGCM(self.secret("wrap"))

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}{_SEALED}"
