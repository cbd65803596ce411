"""Whether a payload follows the EU DCC schema 1.3.0.

Hand-written after ``DCC.combined-schema.json`` (ehn-dcc-schema, tag 1.3.0); patterns are those of
ECMA-262, unanchored where the schema's are. ``format`` is not asserted and value sets are not part
of the schema. Breaches are named by JSON pointer (RFC 6901), without any content.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

KINDS: Final = ("v", "t", "r")
"""Vaccination, test, recovery: the members of which exactly one is there."""

_Rule = Callable[[Any, str], Iterator[str]]


def breaches(dcc: Mapping[Any, Any]) -> tuple[str, ...]:
    """Where the payload breaks the schema, once each; empty if it follows it."""
    found = list(_PAYLOAD(dcc, ""))
    if sum(kind in dcc for kind in KINDS) != 1:
        found.append("/")
    return tuple(dict.fromkeys(found))


def _object(*, required: Mapping[str, _Rule], optional: Mapping[str, _Rule]) -> _Rule:
    """An object: members that must be there, members that may, and the rule of each."""

    def rule(value: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - decoded CBOR
        if not isinstance(value, Mapping):
            yield path
            return
        yield from (f"{path}/{name}" for name in required if name not in value)
        for name, check in {**required, **optional}.items():
            if name in value:
                yield from check(value[name], f"{path}/{name}")

    return rule


def _one(entry: _Rule) -> _Rule:
    """An array of exactly one entry."""

    def rule(value: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - decoded CBOR
        if not isinstance(value, list | tuple) or len(value) != 1:
            yield path
        else:
            yield from entry(value[0], f"{path}/0")

    return rule


def _text(pattern: str = "", *, longest: int | None = None) -> _Rule:
    """A text with a place where the pattern matches, of at most so many characters."""
    wanted = re.compile(pattern)

    def rule(value: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - decoded CBOR
        fits = isinstance(value, str) and (longest is None or len(value) <= longest)
        if not fits or not wanted.search(value):
            yield path

    return rule


def _positive(value: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - decoded CBOR
    """An integer from 1; JSON Schema counts 2.0 as one."""
    whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    if not whole or isinstance(value, bool) or value < 1:
        yield path


_any_text: Final = _text()
_short_text: Final = _text(longest=80)
_machine_name: Final = _text(r"^[A-Z<]*\Z", longest=80)
_country: Final = _text(r"[A-Z]{1,10}")

_NAME: Final = _object(
    required={"fnt": _machine_name},
    optional={"fn": _short_text, "gn": _short_text, "gnt": _machine_name},
)
_EVERY_ENTRY: Final[Mapping[str, _Rule]] = {
    "tg": _any_text,
    "co": _country,
    "is": _short_text,
    "ci": _short_text,
}
_VACCINATION: Final = _object(
    required={
        **_EVERY_ENTRY,
        "vp": _any_text,
        "mp": _any_text,
        "ma": _any_text,
        "dn": _positive,
        "sd": _positive,
        "dt": _any_text,
    },
    optional={},
)
_TEST: Final = _object(
    required={**_EVERY_ENTRY, "tt": _any_text, "sc": _any_text, "tr": _any_text},
    optional={"nm": _short_text, "ma": _any_text, "tc": _short_text},
)
_RECOVERY: Final = _object(
    required={**_EVERY_ENTRY, "fr": _any_text, "df": _any_text, "du": _any_text},
    optional={},
)
_PAYLOAD: Final = _object(
    required={
        "ver": _text(r"^[0-9]+[^\n\r\u2028\u2029][0-9]+[^\n\r\u2028\u2029][0-9]+\Z"),
        "nam": _NAME,
        "dob": _text(r"^((19|20)[0-9][0-9](-[0-9][0-9]){0,2}){0,1}\Z"),
    },
    optional={"v": _one(_VACCINATION), "t": _one(_TEST), "r": _one(_RECOVERY)},
)
