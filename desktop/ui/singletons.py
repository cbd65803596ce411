"""Keeps PySide6 6.12 from freeing ``None`` under Python 3.11.

Its binaries take the singletons for immortal, as they are since Python 3.12 (PEP 683), and give a
reference away with each method that returns nothing: some ten thousand key strokes later the
interpreter ends with "deallocating None". Under 3.11 they are made as good as immortal here.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_PLENTY: Final = 1 << 48
"""References that no run of the program uses up."""

_SINGLETONS: Final = (None, True, False, NotImplemented, Ellipsis)


def keep() -> None:
    """Give the singletons more references than can be lost; nothing to do from 3.12 on."""
    if sys.version_info >= (3, 12):
        return
    for each in _SINGLETONS:
        if sys.getrefcount(each) < _PLENTY:
            # CPython's objects begin with their reference count.
            ctypes.c_ssize_t.from_address(id(each)).value += 2 * _PLENTY
