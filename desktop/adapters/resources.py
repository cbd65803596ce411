"""Files that travel with the program, wherever it runs from.

Installed or frozen they are the package ``desktop.resources``, always as real files (the program is
built as a folder); in the source tree they lie in ``resources/`` beside the package. Names use
``/``: ``profiles/de.toml``.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

_NAME: Final = "resources"


@cache
def root() -> Path:
    """The folder of all resources.

    Raises:
        FileNotFoundError: The program was built or installed without them.
    """
    package = Path(__file__).resolve().parents[1]
    candidates = (_packaged(), package / _NAME, package.parent / _NAME)
    for folder in candidates:
        if folder is not None and folder.is_dir():
            return folder
    raise FileNotFoundError(str(package / _NAME))


def _packaged() -> Path | None:
    """The folder of the package; None where there is none, or only data without a module."""
    try:
        found = resources.files(f"desktop.{_NAME}")
    except ModuleNotFoundError:
        return None
    return found if isinstance(found, Path) else None


def path(name: str) -> Path:
    """Where a resource lies, for libraries that open files themselves."""
    return root().joinpath(*name.split("/"))


def read_bytes(name: str) -> bytes:
    """A resource's bytes.

    Raises:
        FileNotFoundError: There is none of that name.
    """
    return path(name).read_bytes()


def read_text(name: str) -> str:
    """A resource's text, UTF-8; raises as :func:`read_bytes`."""
    return path(name).read_text(encoding="utf-8")


def names(folder: str, suffix: str) -> tuple[str, ...]:
    """The names, without folder and suffix, of all resources of one kind, sorted."""
    return tuple(sorted(file.stem for file in path(folder).glob(f"*{suffix}")))
