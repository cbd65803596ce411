from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import ImageOps

from desktop.adapters.printers.escpos import EscposNetworkPrinter
from desktop.adapters.words import Catalogue
from desktop.core.errors import DeviceError, ErrorCode
from desktop.core.paper.drawing import SlipFact, SlipSpace, SlipText
from desktop.core.paper.geometry import PAPER_MARGIN
from desktop.core.paper.receipt import receipt
from desktop.core.settings import Paper
from desktop.core.status import Realm
from tests.builders import a_certificate, a_person
from tests.codes import CodeError, read_code, whole_dots
from tests.escpos_reader import read_escpos
from tests.papers import a_letterhead, a_paper_issuance, the_longest_issuance
from tests.printer_listener import Manner, closed_port, printer_listener

if TYPE_CHECKING:
    from desktop.core.paper.drawing import Slip
    from tests.escpos_reader import Printed

HUGE: Slip = (SlipSpace(30_000),)
"""More than any buffer on the way takes."""


def printed(slip: Slip, paper: Paper) -> Printed:
    with printer_listener() as listener:
        printer = EscposNetworkPrinter(listener.host, listener.port, paper)
        printer.print(slip)
        (job,) = listener.jobs(1)
    return read_escpos(job, printer.dots)


def slip_of(issuance, paper: Paper, realm: Realm = Realm.PRODUCTION) -> Slip:
    dots = EscposNetworkPrinter("", 0, paper).dots
    return receipt(issuance, a_letterhead(words=Catalogue("de"), realm=realm), dots)


@pytest.mark.parametrize("realm", list(Realm))
@pytest.mark.parametrize(
    ("paper", "issuance", "level", "dots"),
    [
        (Paper.NARROW, a_paper_issuance(length=550), "Q", 4),
        (Paper.NARROW, a_paper_issuance(length=655), "M", 4),
        (Paper.NARROW, the_longest_issuance(), "M", 3),
        (Paper.WIDE, a_paper_issuance(length=655), "Q", 4),
        (Paper.WIDE, the_longest_issuance(), "Q", 4),
    ],
)
def test_the_code_on_the_slip_reads_upright_dark_on_white_in_whole_dots(
    paper, issuance, level, dots, realm
):
    picture = printed(slip_of(issuance, paper, realm), paper).picture
    code = read_code(picture, margin=PAPER_MARGIN)
    assert code.text == issuance.hc1
    assert code.level == level
    assert whole_dots(picture, code) == dots


def test_the_reader_of_these_tests_refuses_what_a_phone_would_forgive():
    picture = printed(slip_of(a_paper_issuance(), Paper.WIDE), Paper.WIDE).picture.convert("L")
    for wrong in (
        ImageOps.invert(picture),
        ImageOps.mirror(picture),
        ImageOps.flip(picture),
        picture.rotate(180),
        picture.rotate(90, expand=True),
        ImageOps.mirror(picture.rotate(90, expand=True)),
    ):
        with pytest.raises(CodeError):
            read_code(wrong, margin=PAPER_MARGIN)


def test_a_slip_is_bands_that_small_printers_can_hold_then_feed_and_cut():
    slip = printed(slip_of(a_paper_issuance(), Paper.NARROW), Paper.NARROW)
    assert len(slip.bands) > 1
    assert max(slip.bands) <= 256
    assert slip.cut
    assert slip.fed > 0


HOSTILE = (
    "Erika\x1b@\x1dV\x00\x10\x04\x01\x00",
    "\x1bp\x00\x19\xfa Kasse",
    "\u202eakirE\u202c\u2066x\u2069",
    "Eri\u200bka\u00ad",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_can_speak_to_the_printer(name):
    """The reader knows our own commands only; whatever else came through would be an error."""
    issuance = a_paper_issuance(certificate=a_certificate(person=a_person(given_name=name)))
    assert printed(slip_of(issuance, Paper.WIDE), Paper.WIDE).cut


def test_control_signs_in_a_name_leave_no_trace_on_the_paper():
    plain = printed((SlipText("Erika@V"), SlipFact("a", "b")), Paper.WIDE)
    dirty = printed((SlipText("Eri\x1bka@V\x00\u202e"), SlipFact("a\x10", "\x1bb")), Paper.WIDE)
    assert dirty.picture.tobytes() == plain.picture.tobytes()


def test_a_name_that_the_font_lacks_is_printed_in_plain_capitals():
    arabic = printed((SlipText("محمد", fallback="MOHAMMED"),), Paper.WIDE)
    plain = printed((SlipText("MOHAMMED"),), Paper.WIDE)
    assert arabic.picture.tobytes() == plain.picture.tobytes()


def test_a_printer_that_takes_nothing_more_is_given_up_at_the_deadline():
    with printer_listener(Manner.HANGING) as listener:
        printer = EscposNetworkPrinter(listener.host, listener.port, Paper.WIDE, deadline=0.3)
        with pytest.raises(DeviceError) as raised:
            printer.print(HUGE)
    assert raised.value.code is ErrorCode.PRINTER_TIMEOUT


def test_a_deadline_that_has_passed_before_the_first_byte_counts_too():
    with printer_listener(Manner.HANGING) as listener:
        printer = EscposNetworkPrinter(listener.host, listener.port, Paper.WIDE, deadline=1e-9)
        with pytest.raises(DeviceError):
            printer.print(HUGE)


def test_a_printer_that_breaks_the_line_did_not_print():
    with printer_listener(Manner.ABORTING) as listener:
        printer = EscposNetworkPrinter(listener.host, listener.port, Paper.WIDE)
        with pytest.raises(DeviceError) as raised:
            printer.print(HUGE)
    assert raised.value.code is ErrorCode.PRINTER_UNREACHABLE


def test_a_printer_that_never_hangs_up_has_printed_all_the_same():
    with printer_listener(Manner.CLINGING) as listener:
        printer = EscposNetworkPrinter(listener.host, listener.port, Paper.WIDE, deadline=0.5)
        printer.print((SlipText("Erika"),))
        assert read_escpos(listener.jobs(1)[0], 576).cut


def test_what_a_printer_says_of_itself_is_read_and_does_not_break_the_line():
    with printer_listener(Manner.CHATTY) as listener:
        printer = EscposNetworkPrinter(listener.host, listener.port, Paper.WIDE)
        printer.print((SlipText("Erika"),))
        assert read_escpos(listener.jobs(1)[0], 576).cut


def test_an_address_that_no_host_can_have_is_a_printer_that_cannot_be_reached():
    printer = EscposNetworkPrinter("x" * 64, closed_port(), Paper.WIDE)
    with pytest.raises(DeviceError) as raised:
        printer.print((SlipText("Erika"),))
    assert raised.value.code is ErrorCode.PRINTER_UNREACHABLE


class _Trap:
    """Unpickling this writes a file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __reduce__(self):
        return Path.touch, (self._file,)


def test_the_driver_says_nothing_leaves_nothing_and_unpickles_nothing(tmp_path):
    """Each of these is a habit of python-escpos 3.1."""
    pickles, scratch = tmp_path / "pickles", tmp_path / "scratch"
    pickles.mkdir()
    scratch.mkdir()
    version = ".".join(map(str, sys.version_info[:3]))
    trap = pickles / f"{version}.capabilities.pickle"
    trap.write_bytes(pickle.dumps(_Trap(tmp_path / "trapped")))
    program = (
        "import logging\n"
        "from desktop.adapters.printers.escpos import _commands\n"
        "from desktop.core.paper.drawing import SlipText\n"
        "assert _commands((SlipText('Erika'),), 384)\n"
        "assert _commands((SlipText('Erika'),), 576)\n"
        "assert not logging.root.handlers\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=Path(__file__).parents[2],
        env={"TMPDIR": str(scratch), "ESCPOS_CAPABILITIES_PICKLE_DIR": str(pickles)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not list(scratch.iterdir())
    assert not (tmp_path / "trapped").exists()
