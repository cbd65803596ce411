"""The two cards of the issue page: who, and what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.core.form import Field, ProblemCode
from desktop.core.messages import explain
from desktop.ui.icons import Icon
from desktop.ui.widgets.basics import Card, Picture, breakable, label, prose, row
from desktop.ui.widgets.choice import Choice, ChoiceField
from desktop.ui.widgets.columns import Columns
from desktop.ui.widgets.dose import DoseField
from desktop.ui.widgets.field import TextField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.core.form import Form, Problem
    from desktop.core.ports import Words
    from desktop.ui.counter import Echo
    from desktop.ui.face import Face
    from desktop.ui.wording import Wording

_WIDE = 500


class _FormCard(Card):
    """A card with fields of the form.

    Signals:
        typed: A person changed a Field; its text.
        left: A person left a Field.
        entered: Enter was pressed in a Field.
    """

    typed = Signal(object, str)
    left = Signal(object)
    entered = Signal(object)

    def __init__(self, icon: Icon) -> None:
        super().__init__()
        self._icon = icon
        self._picture = Picture(18)
        self.title = label("section")
        self.body.addLayout(row(self._picture, self.title, 1))
        self.fields: dict[Field, TextField] = {}

    def _field(self, name: Field, widget: TextField) -> TextField:
        widget.edited.connect(lambda text: self.typed.emit(name, text))
        widget.left.connect(lambda: self.left.emit(name))
        widget.entered.connect(lambda: self.entered.emit(name))
        self.fields[name] = widget
        return widget

    def _wear_title(self, face: Face, title: str) -> None:
        self._picture.set_icon(face, self._icon, face.tokens.muted)
        self.title.setText(title)

    def flash(self, changed: Iterable[Field]) -> None:
        """Show which fields a scan filled."""
        for name in changed:
            if name in self.fields:
                self.fields[name].flash()


class PersonCard(_FormCard):
    """Given names, family name, birth date."""

    def __init__(self) -> None:
        super().__init__(Icon.PERSON)
        given = self._field(Field.GIVEN_NAME, TextField())
        family = self._field(Field.FAMILY_NAME, TextField())
        birth = self._field(Field.BIRTH_DATE, TextField())
        self.body.addWidget(
            Columns(
                wide=(((given, 3), (family, 3), (birth, 2)),),
                narrow=(((given, 1), (family, 1)), ((birth, 1), (QWidget(), 1))),
                border=_WIDE,
            )
        )

    def wear(self, face: Face) -> None:
        """Speak this language and wear these colours from now on."""
        words = face.words
        self._wear_title(face, words.translate("issue.person"))
        self.fields[Field.GIVEN_NAME].set_label(words.translate("field.given_name"))
        self.fields[Field.FAMILY_NAME].set_label(words.translate("field.family_name"))
        self.fields[Field.BIRTH_DATE].set_label(words.translate("field.birth_date"))
        hint = words.translate("field.date.example")
        self.fields[Field.BIRTH_DATE].line.setPlaceholderText(hint)

    def show_form(
        self, form: Form, echo: Echo, problems: dict[Field, Problem], words: Words
    ) -> None:
        """Show what has been entered and what became of it."""
        feet = {
            Field.GIVEN_NAME: (breakable(echo.given_machine), "machine"),
            Field.FAMILY_NAME: (breakable(echo.family_machine), "machine"),
            Field.BIRTH_DATE: (echo.birth_date, "quiet"),
        }
        for name, (said, role) in feet.items():
            field, problem = self.fields[name], problems.get(name)
            field.set_text(form.text(name))
            field.set_foot(said, explain(problem, form, words) if problem else "", role)


class VaccinationCard(_FormCard):
    """Product, dose, date, batch, country, and the record behind an unchecked certificate.

    Signals:
        record_seen: A person says whether they have seen the record.
    """

    record_seen = Signal(bool)

    def __init__(self) -> None:
        super().__init__(Icon.VACCINE)
        self.product = ChoiceField()
        self.country = ChoiceField()
        product = self._field(Field.PRODUCT, self.product)
        date = self._field(Field.DATE, TextField())
        batch = self._field(Field.BATCH, TextField())
        country = self._field(Field.COUNTRY, self.country)
        self.dose = DoseField()
        self.dose.edited.connect(self._dose_edited)
        self.dose.left_dose.connect(lambda: self.left.emit(Field.DOSE))
        self.dose.left_doses.connect(lambda: self.left.emit(Field.DOSES))
        self.dose.entered.connect(lambda: self.entered.emit(Field.DOSES))
        self.body.addWidget(
            Columns(
                wide=(
                    ((product, 5), (self.dose, 3)),
                    ((date, 3), (batch, 2), (country, 3)),
                ),
                narrow=(
                    ((product, 2),),
                    ((self.dose, 1), (date, 1)),
                    ((batch, 1), (country, 1)),
                ),
                border=_WIDE,
            )
        )
        self.record = QCheckBox()
        self.record.clicked.connect(self.record_seen)
        self.record_foot = prose("problem")
        self.body.addWidget(self.record)
        self.body.addWidget(self.record_foot)

    def wear(self, face: Face, wording: Wording) -> None:
        """Speak this language and wear these colours from now on."""
        words = face.words
        self._wear_title(face, words.translate("issue.vaccination"))
        self.product.set_label(words.translate("field.product"))
        self.dose.set_words(
            words.translate("field.dose"),
            words.translate("field.dose.of"),
            words.translate("field.dose.number"),
            words.translate("field.doses.number"),
        )
        self.fields[Field.DATE].set_label(words.translate("field.date"))
        self.fields[Field.DATE].line.setPlaceholderText(words.translate("field.date.example"))
        self.fields[Field.BATCH].set_label(words.translate("field.batch"))
        self.country.set_label(words.translate("field.country"))
        self.record.setText(words.translate("issue.record_seen"))
        for choice in (self.product, self.country):
            choice.wear(face)
        self.product.set_choices(product_choices(wording))
        self.country.set_choices(country_choices(wording))

    def show_form(
        self, form: Form, echo: Echo, problems: dict[Field, Problem], words: Words
    ) -> None:
        """Show what has been entered and what became of it."""

        def said(name: Field) -> str:
            problem = problems.get(name)
            return explain(problem, form, words) if problem else ""

        for name, field in self.fields.items():
            field.set_text(form.text(name))
        self.dose.set_texts(form.dose, form.doses)
        self.product.set_foot("", said(Field.PRODUCT))
        self.dose.set_foot("", said(Field.DOSE), said(Field.DOSES))
        self.fields[Field.DATE].set_foot(echo.date, said(Field.DATE))
        expiry = echo.pack_expiry and words.translate("field.batch.until", day=echo.pack_expiry)
        wrong = said(Field.BATCH) or said(Field.PACK_EXPIRY)
        self.fields[Field.BATCH].set_foot(expiry, wrong)
        self.country.set_foot("", said(Field.COUNTRY))

    def show_record(self, form: Form, words: Words, *, asked: bool, refused: bool) -> None:
        """Ask for the record behind a certificate that nobody could check, if there is one."""
        self.record.setVisible(asked)
        self.record.setChecked(not form.unverified)
        wanted = asked and form.unverified and refused
        self.record_foot.setVisible(wanted)
        self.record_foot.setText(words.translate("issue.record_needed") if wanted else "")
        self.record.setAccessibleDescription(self.record_foot.text())

    def flash(self, changed: Iterable[Field]) -> None:
        """Show which fields a scan filled."""
        names = set(changed)
        super().flash(names)
        if names & {Field.DOSE, Field.DOSES}:
            self.dose.flash()

    def _dose_edited(self, dose: str, doses: str) -> None:
        self.typed.emit(Field.DOSE, dose)
        self.typed.emit(Field.DOSES, doses)


def product_choices(wording: Wording) -> tuple[Choice, ...]:
    """What the counter offers, in its order, then all other products that are still used."""
    offered = [product.code for product in wording.profile.products]
    known = wording.value_sets.products
    others = sorted(
        (code for code, product in known.items() if product.active and code not in offered),
        key=lambda code: known[code].display.casefold(),
    )
    codes = [code for code in offered if code in known] + others
    return tuple(Choice(code, wording.product(code), wording.manufacturer(code)) for code in codes)


def country_choices(wording: Wording) -> tuple[Choice, ...]:
    """The issuer's country, then all others by name."""
    own = wording.profile.country
    codes = sorted(
        wording.value_sets.countries.entries,
        key=lambda code: (code != own, wording.country(code).casefold()),
    )
    return tuple(Choice(code, wording.country(code), code) for code in codes)


def needs_record(problems: Iterable[Problem]) -> bool:
    """Whether the record behind an unchecked certificate is all that is still missing."""
    codes = {problem.code for problem in problems}
    return codes == {ProblemCode.UNVERIFIED}
