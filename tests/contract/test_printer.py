"""What every receipt printer promises, the real one and the fake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from desktop.adapters.printers.escpos import EscposNetworkPrinter
from desktop.adapters.printers.picture import slip_picture
from desktop.core.errors import DeviceError, ErrorCode
from desktop.core.paper.drawing import Level, SlipCode, SlipFact, SlipRule, SlipSpace, SlipText
from desktop.core.paper.geometry import PRINTABLE_DOTS
from desktop.core.settings import Paper
from tests.escpos_reader import read_escpos
from tests.fakes.printer import FakePrinter
from tests.printer_listener import closed_port, printer_listener

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

    from desktop.core.paper.drawing import Slip
    from desktop.core.ports import SlipPrinter
    from tests.printer_listener import PrinterListener

SLIP: Slip = (
    SlipText("Müstermann", size=34, bold=True),
    SlipCode("HC1:ABC", Level.M, 4),
    SlipRule(),
    SlipFact("Datum · Date", "2021-06-01"),
    SlipSpace(8),
)


class Rig(Protocol):
    """A printer, its paper, and a printer of the same kind that is switched off."""

    printer: SlipPrinter
    switched_off: SlipPrinter

    def printed(self, count: int) -> list[Image.Image]: ...


class FakeRig:
    def __init__(self, paper: Paper) -> None:
        fake = FakePrinter(PRINTABLE_DOTS[paper])
        off = FakePrinter(PRINTABLE_DOTS[paper])
        off.fault = ErrorCode.PRINTER_UNREACHABLE
        self._fake = fake
        self.printer: SlipPrinter = fake
        self.switched_off: SlipPrinter = off

    def printed(self, count: int) -> list[Image.Image]:
        return [slip_picture(slip, self._fake.dots) for slip in self._fake.slips[:count]]


class NetworkRig:
    def __init__(self, paper: Paper, listener: PrinterListener) -> None:
        self._listener = listener
        self.printer: SlipPrinter = EscposNetworkPrinter(listener.host, listener.port, paper)
        self.switched_off: SlipPrinter = EscposNetworkPrinter(listener.host, closed_port(), paper)

    def printed(self, count: int) -> list[Image.Image]:
        jobs = self._listener.jobs(count)
        return [read_escpos(job, self.printer.dots).picture for job in jobs]


@pytest.fixture(params=list(Paper))
def paper(request: pytest.FixtureRequest) -> Paper:
    return Paper(request.param)


@pytest.fixture(params=["fake", "network"])
def rig(request: pytest.FixtureRequest, paper: Paper) -> Iterator[Rig]:
    if request.param == "fake":
        yield FakeRig(paper)
        return
    with printer_listener() as listener:
        yield NetworkRig(paper, listener)


def test_a_printer_knows_the_dots_of_its_paper(rig, paper):
    assert rig.printer.dots == {Paper.NARROW: 384, Paper.WIDE: 576}[paper]


def test_a_slip_comes_out_dot_for_dot(rig):
    rig.printer.print(SLIP)
    (picture,) = rig.printed(1)
    assert picture.tobytes() == slip_picture(SLIP, rig.printer.dots).tobytes()


def test_each_slip_is_a_piece_of_paper_of_its_own_in_the_order_of_printing(rig):
    other: Slip = (SlipText("Zweiter"),)
    rig.printer.print(SLIP)
    rig.printer.print(other)
    first, second = rig.printed(2)
    assert first.height == slip_picture(SLIP, rig.printer.dots).height
    assert second.height == slip_picture(other, rig.printer.dots).height


def test_a_printer_that_is_switched_off_is_a_device_error_worth_another_try(rig):
    with pytest.raises(DeviceError) as raised:
        rig.switched_off.print(SLIP)
    assert raised.value.code is ErrorCode.PRINTER_UNREACHABLE
    assert raised.value.retryable


def test_a_failed_slip_does_not_spoil_the_next(rig):
    with pytest.raises(DeviceError):
        rig.switched_off.print(SLIP)
    rig.printer.print(SLIP)
    assert len(rig.printed(1)) == 1
