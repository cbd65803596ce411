"""``tresen issue FILE|-``: one certificate a line, answered before the next line is read.

In: one JSON object a line, ``{"given_name", "family_name", "birth_date", "product", "dose",
"doses", "date", "country"?, "batch"?, "pack_expiry"?, "attempt"?}``. Out, for each line that is not
blank: ``{"line", "uvci", "hc1", "event", "issued_at", "expires_at", "pdf"?, "png"?}`` or
``{"line", "problems": [{"field", "code", "text"}, …]}``. ``attempt`` is any text of up to 64
letters, digits and ``._:-`` that the caller chooses for a line: a second run over the same line
answers with the same certificate as long as the terminal may keep it; after that the line is
refused for at least 90 days. Without it each run issues anew. The exit code is 1 if any line had
problems.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.adapters import files, png
from desktop.app import assemble
from desktop.cli import lines, output
from desktop.cli.command import Exit
from desktop.core.errors import DeviceError, ErrorCode, StoreError
from desktop.core.form import Field, Form
from desktop.core.messages import explain, mark, of_error
from desktop.core.paper.drawing import Level
from desktop.hcert import qr

if TYPE_CHECKING:
    from desktop.cli.command import CommandParser, Invocation
    from desktop.core.issuance import Issuance
    from desktop.core.ports import Words
    from desktop.services.terminal import Terminal

_NAME_BYTES: Final = 8
ATTEMPT: Final = "attempt"
_ATTEMPT_FORM: Final = re.compile(r"[A-Za-z0-9._:-]{1,64}", re.ASCII)
_FIELDS: Final = frozenset(Field)
_KNOWN: Final = _FIELDS | {ATTEMPT}

_Wrong = tuple[str | None, str, str]
"""A member of a line (None for all of it), a code, and the id of its words."""

_UNREADABLE: Final[_Wrong] = (None, "line_unreadable", mark("cli.issue.line_unreadable"))


def arguments(parser: CommandParser, words: Words) -> None:
    """Declare what the command takes."""
    folder = words.translate("cli.metavar.folder")
    file = words.translate("cli.metavar.file")
    parser.declare("file", metavar=f"{file}|-", help=words.translate("cli.issue.file"))
    parser.declare("--pdf", type=Path, metavar=folder, help=words.translate("cli.issue.pdf"))
    parser.declare("--png", type=Path, metavar=folder, help=words.translate("cli.issue.png"))


def run(invocation: Invocation) -> int:
    """Issue what the lines say."""
    asked = invocation.arguments
    with lines.opened(asked.file) as tasks, closing(assemble(invocation.start)) as terminal:
        terminal.enrolling.ensure()
        bulk = _Bulk(terminal, invocation.words, _folder(asked.pdf), _folder(asked.png))
        good = [bulk.answer(number, line) for number, line in tasks]
    return Exit.OK if all(good) else Exit.REFUSED


class _Bulk:
    """Answers lines, one by one."""

    def __init__(
        self, terminal: Terminal, words: Words, pdf_folder: Path | None, png_folder: Path | None
    ) -> None:
        self._terminal = terminal
        self._words = words
        self._pdf = pdf_folder
        self._png = png_folder

    def answer(self, number: int, line: bytes) -> bool:
        """Write the answer to one line; whether there is a certificate."""
        form = _form(line, self._terminal.issuing.begin())
        if not isinstance(form, Form):
            told = [(field, code, self._words.translate(text)) for field, code, text in form]
            return _refuse(number, told)
        issuing = self._terminal.issuing
        meant = issuing.check(form)
        try:
            issued = meant if isinstance(meant, tuple) else issuing.issue(form)
        except StoreError as error:
            if error.code is not ErrorCode.ATTEMPT_ERASED:
                raise
            text = self._words.translate(of_error(error.code).title)
            return _refuse(number, [(ATTEMPT, "attempt_erased", text)])
        if isinstance(issued, tuple):
            told = [(each.field, each.code, explain(each, form, self._words)) for each in issued]
            return _refuse(number, told)
        if issued.certificate != meant:
            text = self._words.translate("cli.issue.attempt_taken")
            return _refuse(number, [(ATTEMPT, "attempt_taken", text)])
        self._hand_out(number, issued)
        return True

    def _hand_out(self, number: int, issuance: Issuance) -> None:
        """Write files and answer; if a file cannot be written, the answer is given all the same."""
        answer: dict[str, object] = {
            "line": number,
            "uvci": issuance.uvci,
            "hc1": issuance.hc1,
            "event": issuance.event_id.hex(),
            "issued_at": output.moment(issuance.issued_at),
            "expires_at": output.moment(issuance.expires_at),
        }
        try:
            answer |= self._files(issuance)
        finally:
            output.write(answer)
            self._terminal.issuing.shown(issuance)

    def _files(self, issuance: Issuance) -> dict[str, str]:
        """Write the files that were asked for; their names say the day and nothing of a person."""
        day = self._terminal.profile.local_date(issuance.issued_at)
        stem = f"{day}_{issuance.event_id[:_NAME_BYTES].hex()}"
        written = {}
        if self._pdf is not None:
            page = self._terminal.printing.page(issuance)
            files.hand_out(file := self._pdf / f"{stem}.pdf", page)
            written["pdf"] = str(file)
        if self._png is not None:
            picture = png.draw(qr.matrix(issuance.hc1, Level.Q))
            files.hand_out(file := self._png / f"{stem}.png", picture)
            written["png"] = str(file)
        return written


def _refuse(number: int, told: list[_Wrong]) -> bool:
    problems = [{"field": field, "code": code, "text": text} for field, code, text in told]
    output.write({"line": number, "problems": problems})
    return False


def _form(line: bytes, empty: Form) -> Form | list[_Wrong]:
    """The form that a line fills, or what is wrong with the line; null stands for nothing."""
    try:
        record = json.loads(line.decode(), object_pairs_hook=_members)
    except (ValueError, RecursionError):
        return [_UNREADABLE]
    if not isinstance(record, dict):
        return [_UNREADABLE]
    given = {name: value for name, value in record.items() if value is not None}
    attempt = str(given.get(ATTEMPT, empty.attempt_id))
    wrong = [each for name, value in given.items() if (each := _wrong(name, value))]
    if not wrong and not _ATTEMPT_FORM.fullmatch(attempt):
        wrong = [(ATTEMPT, "attempt_form", mark("cli.issue.attempt_form"))]
    if wrong:
        return wrong
    form = replace(empty, attempt_id=attempt)
    for field in _FIELDS & given.keys():
        form = form.with_text(field, str(given[field]))
    return form


def _wrong(name: str, value: object) -> _Wrong | None:
    """What is wrong with a member, before anybody asks what it says."""
    if name not in _KNOWN:
        return (name, "member_unknown", mark("cli.issue.member_unknown"))
    if type(value) not in (str, int):
        return (name, "value_kind", mark("cli.issue.value_kind"))
    return None


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The members of an object; one that stands twice has no meaning."""
    members = dict(pairs)
    if len(members) != len(pairs):
        msg = "a member stands twice"
        raise ValueError(msg)
    return members


def _folder(folder: Path | None) -> Path | None:
    """A folder that can be written into; made if it is not there, before anything is issued."""
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DeviceError(ErrorCode.FILE_UNWRITABLE) from error
        if not os.access(folder, os.W_OK | os.X_OK):
            raise DeviceError(ErrorCode.FILE_UNWRITABLE)
    return folder
