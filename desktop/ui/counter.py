"""What stands on the issue page, as a value: every key stroke and every scan makes a new one.

No widget in here. The page folds what happens into an :class:`Entry` and shows what follows
from it; tests do the same without a window.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from desktop.core.dates import in_words, read_birth_date, read_date, read_expiry
from desktop.core.form import Field, Form, Problem, ProblemCode
from desktop.hcert.names import transliterate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from desktop.core.ports import Words

STEPS: Final = 50
"""So many steps can be taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The form, and what a person has done with it.

    Attributes:
        form: What has been entered.
        settled: Fields whose problems may be said: they were left, scanned, or F12 was pressed.
        typing: The field that is being typed in; one run of typing is one step back.
        past: Earlier forms, the newest last.
        record_asked: A certificate filled the form that nobody could check; a person must say
            that they have seen the record.
    """

    form: Form
    settled: frozenset[Field] = frozenset()
    typing: Field | None = None
    past: tuple[Form, ...] = ()
    record_asked: bool = False

    def typed(self, field: Field, text: str) -> Entry:
        """A person changed a field; nobody corrects them while they type."""
        if text == self.form.text(field):
            return self
        past = self.past if self.typing is field else self._stacked()
        return replace(
            self,
            form=self.form.with_text(field, text),
            settled=self.settled - {field},
            typing=field,
            past=past,
        )

    def left(self, field: Field) -> Entry:
        """A person went on to another field; an empty one may still be filled by a scan."""
        settled = self.settled | ({field} if self.form.text(field).strip() else set())
        return replace(self, settled=settled, typing=None)

    def scanned(self, form: Form, changed: frozenset[Field]) -> Entry:
        """A scan filled fields; what was typed meanwhile into others stays."""
        if not changed:
            return replace(self, typing=None)
        filled = replace(self.form, unverified=form.unverified)
        for field in changed:
            filled = filled.with_text(field, form.text(field))
        return replace(
            self,
            form=filled,
            settled=self.settled | changed,
            typing=None,
            past=self._stacked(),
            record_asked=form.unverified or (self.record_asked and Field.GIVEN_NAME not in changed),
        )

    def confirmed(self, *, seen: bool) -> Entry:
        """A person says whether they have compared the form with the record."""
        return replace(self, form=replace(self.form, unverified=not seen), typing=None)

    def started_over(self, form: Form) -> Entry:
        """An empty form; the old one can be taken back."""
        if self.is_blank:
            return replace(self, settled=frozenset(), typing=None)
        return Entry(form=form, past=self._stacked())

    def undone(self) -> Entry:
        """One step back."""
        if not self.past:
            return self
        form = self.past[-1]
        return Entry(form=form, past=self.past[:-1], record_asked=form.unverified)

    def asked(self) -> Entry:
        """F12 was pressed: all problems may be said."""
        return replace(self, settled=frozenset(Field), typing=None)

    def visible(self, problems: Iterable[Problem]) -> dict[Field, Problem]:
        """The problem to say under each field, the first one of each."""
        said: dict[Field, Problem] = {}
        for problem in problems:
            if problem.field in self.settled and problem.code is not ProblemCode.UNVERIFIED:
                said.setdefault(problem.field, problem)
        return said

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been entered; the country is there from the beginning."""
        return not any(self.form.text(field) for field in Field if field is not Field.COUNTRY)

    def _stacked(self) -> tuple[Form, ...]:
        return (*self.past, self.form)[-STEPS:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """What the program understood of the texts, said back while they are typed; empty if nothing.

    Attributes:
        given_machine: The given names as machines compare them.
        family_machine: The family name likewise.
        birth_date: In words.
        date: In words.
        pack_expiry: In words.
        name: Given names and family name, as the customer will read them.
    """

    given_machine: str
    family_machine: str
    birth_date: str
    date: str
    pack_expiry: str
    name: str


def echo(form: Form, today: date, words: Words) -> Echo:
    """What the program understood of a form so far.

    Args:
        form: What has been entered.
        today: The issuer's date.
        words: For the names of months.
    """
    birth = read_birth_date(form.birth_date, today)
    day = read_date(form.date, today)
    expiry = read_expiry(form.pack_expiry)
    given, family = (" ".join(text.split()) for text in (form.given_name, form.family_name))
    return Echo(
        given_machine=transliterate(given),
        family_machine=transliterate(family),
        birth_date="" if isinstance(birth, ProblemCode) else in_words(birth, words),
        date="" if isinstance(day, ProblemCode) else in_words(day, words),
        pack_expiry="" if isinstance(expiry, ProblemCode) else in_words(expiry, words),
        name=" ".join(name for name in (given, family) if name),
    )
