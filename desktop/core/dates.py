"""Dates as people type them at the counter, and back into words.

Day before month, as in all of Europe; a text that begins with four digits is ISO 8601. Read are
``12.8.1964``, ``12,8,64``, ``12-8-64``, ``12/8/1964``, ``12 8 64``, ``120864``, ``12081964``,
``1964-08-12``, ``19640812``; months ``8.1964``, ``08/64``, ``081964``, ``1964-08``; years ``1964``.
Unknown parts of a birth date may stand as documents print them: ``00.08.1964``, ``XX.XX.1964``.
``12.08`` is refused: it may be a day that lacks its year or a month of 2008.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from desktop.core.form import ProblemCode
from desktop.core.messages import mark
from desktop.hcert.dates import PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.core.ports import Words

FIRST_VACCINATION: Final = date(2020, 6, 1)
"""Earliest date of a dose: regular use began in December 2020, but participants of the trials of
that summer hold certificates, too; before them there was no vaccine."""

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2099
_LONGEST: Final = 40

_SPACED: Final = re.compile(r"\s*([.,/-])\s*")
_PART: Final = r"\d{1,2}|[xX]{2}"
_GAP: Final = r"[.,/ -]"
_FORMS: Final = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"(?P<day>{_PART}){_GAP}(?P<month>{_PART}){_GAP}(?P<year>\d{{4}}|\d\d)",
        rf"(?P<year>\d{{4}}){_GAP}(?P<month>{_PART}){_GAP}(?P<day>{_PART})",
        rf"(?P<month>{_PART}){_GAP}(?P<year>\d{{4}}|1[3-9]|[2-9]\d)",
        rf"(?P<year>\d{{4}}){_GAP}(?P<month>{_PART})",
        r"(?P<year>\d{4})",
        r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d{4}|\d\d)",
        r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<month>\d\d)(?P<year>(?:19|20)\d\d)",
    )
)
_WITHOUT_YEAR: Final = re.compile(rf"\d{{1,2}}{_GAP}\d{{1,2}}[.]?", re.ASCII)

_MONTHS: Final = (
    mark("date.month.1"),
    mark("date.month.2"),
    mark("date.month.3"),
    mark("date.month.4"),
    mark("date.month.5"),
    mark("date.month.6"),
    mark("date.month.7"),
    mark("date.month.8"),
    mark("date.month.9"),
    mark("date.month.10"),
    mark("date.month.11"),
    mark("date.month.12"),
)


@dataclass(frozen=True, slots=True)
class _Written:
    """The numbers of a text: None where a part is missing or unknown, the year as written."""

    day: int | None
    month: int | None
    year: int
    short: bool

    @classmethod
    def of(cls, match: re.Match[str]) -> _Written:
        parts = {"day": None, "month": None} | match.groupdict()
        day, month = (_number(parts[name]) for name in ("day", "month"))
        return cls(day, month, int(match["year"]), short=len(match["year"]) == len("64"))


def _number(part: str | None) -> int | None:
    if part is None or not part.isdecimal():
        return None
    return int(part) or None


def read_birth_date(text: str, today: date) -> PartialDate | ProblemCode:
    """A birth date, at least the year; of two digits it is never in the future.

    Args:
        text: As typed; any text is answered.
        today: The issuer's date.
    """
    birth = _read(text, lambda written: _birth_year(written, today))
    if isinstance(birth, PartialDate) and birth.earliest > today:
        return ProblemCode.DATE_FUTURE
    return birth


def read_date(text: str, today: date) -> date | ProblemCode:
    """The day of a vaccination, from FIRST_VACCINATION to today; 21 means 2021.

    Args:
        text: As typed; any text is answered.
        today: The issuer's date.
    """
    day = _read(text, _this_century)
    if isinstance(day, ProblemCode):
        return day
    if day.day is None:
        return ProblemCode.DATE_INCOMPLETE
    if day.earliest > today:
        return ProblemCode.DATE_FUTURE
    if day.earliest < FIRST_VACCINATION:
        return ProblemCode.DATE_TOO_EARLY
    return day.earliest


def read_expiry(text: str) -> date | ProblemCode:
    """The last day on which a pack may be used; a month means its last day, as packs print it.

    Args:
        text: As typed or as :func:`typed` wrote it; any text is answered.
    """
    day = _read(text, _this_century)
    if isinstance(day, ProblemCode):
        return day
    return ProblemCode.DATE_INCOMPLETE if day.month is None else day.latest


def in_words(day: PartialDate | date, words: Words) -> str:
    """``12. August 1964``, ``August 1964`` or ``1964`` in the language of the words."""
    if day.month is None:
        return str(day.year)
    month = words.translate(_MONTHS[day.month - 1])
    if day.day is None:
        return words.translate("date.words.month", month=month, year=day.year)
    return words.translate("date.words.day", day=day.day, month=month, year=day.year)


def typed(day: PartialDate | date) -> str:
    """A date as a person would type it, in a form that is never ambiguous: ``12.08.1964``."""
    parts = [f"{part:02}" for part in (day.day, day.month) if part is not None]
    return ".".join([*parts, f"{day.year:04}"])


def _read(text: str, year_of: Callable[[_Written], int]) -> PartialDate | ProblemCode:
    """What a text says in the likeliest form in which it is a date."""
    tidy = _tidy(text)
    if not tidy:
        return ProblemCode.MISSING
    matches = (form.fullmatch(tidy) for form in _FORMS)
    readings = [_Written.of(match) for match in matches if match is not None]
    outcomes = [_resolved(written, year_of(written)) for written in readings]
    for outcome in outcomes:
        if outcome is not ProblemCode.DATE_IMPOSSIBLE:
            return outcome
    if outcomes:
        return ProblemCode.DATE_IMPOSSIBLE
    if _WITHOUT_YEAR.fullmatch(tidy):
        return ProblemCode.DATE_INCOMPLETE
    return ProblemCode.DATE_UNREADABLE


def _tidy(text: str) -> str:
    """Without blanks around separators and ends; of a pasted page as much as shows it is none."""
    return _SPACED.sub(r"\1", " ".join(text.split())[:_LONGEST])


def _resolved(written: _Written, year: int) -> PartialDate | ProblemCode:
    if written.month is None and written.day is not None:
        return ProblemCode.DATE_IMPOSSIBLE
    try:
        date(year, written.month or 1, written.day or 1)
    except ValueError:
        return ProblemCode.DATE_IMPOSSIBLE
    if year < _FIRST_YEAR:
        return ProblemCode.DATE_TOO_EARLY
    if year > _LAST_YEAR:
        return ProblemCode.DATE_FUTURE
    return PartialDate(year, written.month, written.day)


def _this_century(written: _Written) -> int:
    return written.year + 2000 if written.short else written.year


def _birth_year(written: _Written, today: date) -> int:
    year = _this_century(written)
    first = (year, written.month or 1, written.day or 1)
    later = first > (today.year, today.month, today.day)
    return year - 100 if written.short and later else year
