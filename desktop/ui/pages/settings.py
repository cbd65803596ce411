"""The settings: language and look at once, devices when they are complete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop.core.scan.keymap import LAYOUTS
from desktop.core.settings import LANGUAGES, Look, Paper, ReceiptPrinter
from desktop.ui.icons import Icon
from desktop.ui.widgets.basics import Card, Picture, button, label, prose, row, scrolled
from desktop.ui.widgets.columns import Shelves
from desktop.ui.widgets.field import TextField
from desktop.ui.widgets.segments import Segments

if TYPE_CHECKING:
    from desktop.core.settings import Settings
    from desktop.services.terminal import Terminal
    from desktop.ui.face import Face
    from desktop.ui.preferences import Preferences

_WIDEST: Final = 1360
_TWO_COLUMNS: Final = 920
_MOST_PORT: Final = 65535


def read_port(text: str) -> int | None:
    """A TCP port, or None if the text is none."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()):
        return None
    port = int(digits[:6])
    return port if 1 <= port <= _MOST_PORT else None


class _Section(Card):
    """A card with a title."""

    def __init__(self, icon: Icon) -> None:
        super().__init__()
        self._icon = icon
        self._picture = Picture(18)
        self._title = label("section")
        self.body.addLayout(row(self._picture, self._title, 1))
        self.body.addSpacing(4)

    def wear_title(self, face: Face, title: str) -> None:
        """What the section is about."""
        self._picture.set_icon(face, self._icon, face.tokens.muted)
        self._title.setText(title)


class _Choice(_Section):
    """A section with one choice and a sentence about it."""

    def __init__(self, icon: Icon, values: tuple[str, ...]) -> None:
        super().__init__(icon)
        self.segments = Segments(values)
        self.hint = prose("quiet")
        self.body.addWidget(self.segments)
        self.body.addWidget(self.hint)

    def set_hint(self, words: str) -> None:
        """The sentence below the choice."""
        self.hint.setText(words)
        self.hint.setVisible(bool(words))


class _Printer(_Section):
    """The receipt printer."""

    def __init__(self) -> None:
        super().__init__(Icon.PRINTER)
        self.host = TextField()
        self.port = TextField()
        self.paper = Segments([str(each) for each in Paper])
        self.paper_label = label("label")
        self.save = button()
        self.saved = label("quiet")
        fields = QGridLayout()
        fields.setHorizontalSpacing(16)
        fields.addWidget(self.host, 0, 0)
        fields.addWidget(self.port, 0, 1)
        fields.setColumnStretch(0, 3)
        fields.setColumnStretch(1, 1)
        self.body.addLayout(fields)
        self.body.addWidget(self.paper_label)
        self.body.addWidget(self.paper)
        self.body.addSpacing(8)
        self.body.addLayout(row(self.save, self.saved, 1, gap=12))


class SettingsPage(QWidget):
    """Shows and changes the settings.

    Signals:
        about_wanted: A person wants to read about the program.
    """

    about_wanted = Signal()

    def __init__(self, preferences: Preferences, terminal: Terminal) -> None:
        super().__init__()
        self._preferences = preferences
        self._terminal = terminal
        self._face: Face | None = None
        self.title = label("title")
        self.language = _Choice(Icon.LANGUAGE, LANGUAGES)
        self.look = _Choice(Icon.LOOK, tuple(str(each) for each in Look))
        self.printer = _Printer()
        self.scanner = _Choice(Icon.SCAN, LAYOUTS)
        self.site = _Section(Icon.SETUP)
        self._facts: list[tuple[QLabel, QLabel]] = []
        self.about = button()
        self._lay_out()
        self._connect()
        self.show_settings(preferences.settings)

    def _lay_out(self) -> None:
        facts = QGridLayout()
        facts.setHorizontalSpacing(16)
        facts.setVerticalSpacing(6)
        facts.setColumnStretch(1, 1)
        for number in range(4):
            pair = (label("label"), prose("fact"))
            self._facts.append(pair)
            facts.addWidget(pair[0], number, 0, Qt.AlignmentFlag.AlignTop)
            facts.addWidget(pair[1], number, 1, Qt.AlignmentFlag.AlignTop)
        self.site.body.addLayout(facts)
        self.site.body.addSpacing(8)
        self.site.body.addLayout(row(self.about, 1))
        inside = Shelves(
            (self.language, self.look, self.scanner), (self.printer, self.site), _TWO_COLUMNS
        )
        inside.setMaximumWidth(_WIDEST)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self.title)
        layout.addWidget(scrolled(inside), 1)

    def _connect(self) -> None:
        change = self._preferences.change
        self.language.segments.chosen.connect(lambda value: change(language=value))
        self.look.segments.chosen.connect(lambda value: change(look=Look(value)))
        self.scanner.segments.chosen.connect(lambda value: change(scanner_layout=value))
        self.printer.save.clicked.connect(self._save_printer)
        for field in (self.printer.host, self.printer.port):
            field.entered.connect(self._save_printer)
            field.edited.connect(lambda _: self.printer.saved.clear())
        self.printer.paper.chosen.connect(lambda _: self.printer.saved.clear())
        self._preferences.changed.connect(self.show_settings)
        self.about.clicked.connect(self.about_wanted)

    def show_settings(self, settings: Settings) -> None:
        """Show what is chosen."""
        self.language.segments.set_value(settings.language)
        self.look.segments.set_value(settings.look)
        self.scanner.segments.set_value(settings.scanner_layout)
        self.printer.host.set_text(settings.printer.host)
        self.printer.port.set_text(str(settings.printer.port))
        self.printer.paper.set_value(settings.printer.paper)

    def wear(self, face: Face) -> None:
        """Speak this language and wear these colours from now on."""
        self._face = face
        words = face.words
        self.title.setText(words.translate("settings.title"))
        self._wear_choices(face)
        self._wear_printer(face)
        self._wear_site(face)

    def _wear_choices(self, face: Face) -> None:
        words = face.words
        self.language.wear_title(face, words.translate("settings.language"))
        self.language.segments.set_words(
            words.translate("settings.language"), {"de": "Deutsch", "en": "English"}
        )
        self.language.set_hint("")
        self.look.wear_title(face, words.translate("settings.look"))
        self.look.segments.set_words(
            words.translate("settings.look"),
            {
                Look.LIGHT: words.translate("settings.look.light"),
                Look.DARK: words.translate("settings.look.dark"),
                Look.SYSTEM: words.translate("settings.look.system"),
            },
        )
        self.look.set_hint("")
        self.scanner.wear_title(face, words.translate("settings.scanner"))
        self.scanner.segments.set_words(
            words.translate("settings.scanner"),
            {
                "us": words.translate("settings.scanner.us"),
                "de": words.translate("settings.scanner.de"),
            },
        )
        self.scanner.set_hint(words.translate("settings.scanner.hint"))

    def _wear_printer(self, face: Face) -> None:
        words, printer = face.words, self.printer
        printer.wear_title(face, words.translate("settings.printer"))
        printer.host.set_label(words.translate("settings.printer.host"))
        printer.host.line.setPlaceholderText(words.translate("settings.printer.host.example"))
        printer.host.set_foot(words.translate("settings.printer.host.hint"))
        printer.port.set_label(words.translate("settings.printer.port"))
        printer.port.set_foot("")
        printer.paper_label.setText(words.translate("settings.printer.paper"))
        printer.paper.set_words(
            words.translate("settings.printer.paper"),
            {Paper.NARROW: "58 mm", Paper.WIDE: "80 mm"},
        )
        printer.save.setText(words.translate("settings.printer.save"))

    def _wear_site(self, face: Face) -> None:
        words, terminal = face.words, self._terminal
        self.site.wear_title(face, words.translate("settings.site"))
        own = words.translate("settings.site.own_centre")
        said = (
            (words.translate("settings.site.pharmacy"), terminal.site.pharmacy),
            (words.translate("settings.site.issuer_id"), terminal.site.issuer_id),
            (words.translate("settings.site.profile"), terminal.profile.name.upper()),
            (words.translate("settings.site.centre"), terminal.settings.centre_url or own),
        )
        for (name, value), (name_label, value_label) in zip(said, self._facts, strict=True):
            name_label.setText(name)
            value_label.setText(value)
        self.about.setText(words.translate("settings.about"))
        self.about.setIcon(face.icon(Icon.ABOUT, face.tokens.muted))

    def _save_printer(self) -> None:
        face, printer = self._face, self.printer
        if face is None:
            return
        port = read_port(printer.port.text())
        if port is None:
            printer.port.set_foot("", face.words.translate("settings.printer.port.wrong"))
            printer.port.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        printer.port.set_foot("")
        host = printer.host.text().strip()
        paper = Paper(printer.paper.value)
        self._preferences.change(printer=ReceiptPrinter(host=host, port=port, paper=paper))
        printer.saved.setText(face.words.translate("settings.saved"))
