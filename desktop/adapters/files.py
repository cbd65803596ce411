"""Files that are whole or absent, and nobody else's business.

A file is written beside its place, flushed to the disk and then renamed over it, so that a power
cut leaves either the old content or the new one, never a part. Folders are 0700, files 0600; on
Windows the account's own folder protects them.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path  # noqa: TC003 - a runtime import keeps type hints resolvable for callers

from desktop.core.errors import DeviceError, ErrorCode

_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700
_DRAFT = ".draft"


def private_folder(folder: Path) -> Path:
    """The folder; if it was not there, it is made, and only this account may look inside.

    Raises:
        OSError: It cannot be made, or something else has its name.
    """
    folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    return folder


def create_private(file: Path) -> None:
    """An empty private file where there was none; an existing one is left alone.

    Raises:
        OSError: It cannot be made.
    """
    os.close(os.open(file, os.O_CREAT | os.O_WRONLY, _PRIVATE_FILE))


def write_whole(file: Path, content: bytes) -> None:
    """Replace a file durably: after this returns, the new content survives a power cut.

    Raises:
        OSError: It could not be written, or not durably; the file is whole, old or new.
    """
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}{_DRAFT}")
    try:
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE_FILE)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(file)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    flush_folder(file.parent)


def clear_drafts(folder: Path) -> None:
    """Remove what an interrupted :func:`write_whole` left behind; only the owner may ask for it.

    Raises:
        OSError: It cannot be removed.
    """
    for draft in folder.glob(f".*{_DRAFT}"):
        draft.unlink()


def hand_out(file: Path, content: bytes) -> None:
    """Write a file, whole and for its owner only, where a person chose.

    Raises:
        DeviceError: It cannot be written there (FILE_UNWRITABLE).
    """
    try:
        write_whole(file, content)
    except OSError as error:
        raise DeviceError(ErrorCode.FILE_UNWRITABLE) from error


def flush_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows has no such call and does it by itself.

    Raises:
        OSError: The disk refused.
    """
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
