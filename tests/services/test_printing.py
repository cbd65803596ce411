from __future__ import annotations

import pytest

from desktop.core.errors import DeviceError, ErrorCode, StoreError
from desktop.core.issuance import PrintState
from desktop.core.paper.drawing import SlipCode
from tests.fakes.printer import FakePrinter
from tests.services.counter import Counter


def test_the_slip_carries_the_certificates_code_and_comes_out_of_the_printer():
    counter = Counter()
    issuance = counter.issued()
    slip = counter.printing.slip(issuance)
    assert [part.text for part in slip if isinstance(part, SlipCode)] == [issuance.hc1]
    counter.printing.print_slip(slip)
    assert counter.paper.slips == [slip]


def test_a_printer_that_is_set_up_later_is_used_at_once():
    counter = Counter()
    issuance = counter.issued()
    counter.printer = newer = FakePrinter()
    counter.printing.print_slip(counter.printing.slip(issuance))
    assert (len(counter.paper.slips), len(newer.slips)) == (0, 1)


def test_without_a_printer_there_is_no_slip_and_the_page_remains():
    counter = Counter()
    issuance = counter.issued()
    counter.printer = None
    for asked in (
        lambda: counter.printing.slip(issuance),
        lambda: counter.printing.print_slip(()),
    ):
        with pytest.raises(DeviceError) as caught:
            asked()
        assert caught.value.code is ErrorCode.PRINTER_MISSING
    assert counter.printing.page(issuance).startswith(b"%PDF-")


def test_a_failing_printer_leaves_the_certificate_as_it_is():
    counter = Counter()
    issuance = counter.issued()
    counter.paper.fault = ErrorCode.PRINTER_UNREACHABLE
    with pytest.raises(DeviceError):
        counter.printing.print_slip(counter.printing.slip(issuance))
    assert counter.kept(issuance) == issuance


def test_what_became_of_the_paper_is_remembered():
    counter = Counter()
    issuance = counter.issued()
    counter.printing.record(issuance.event_id, PrintState.FAILED)
    assert counter.kept(issuance).print_state is PrintState.FAILED
    counter.printing.record(issuance.event_id, PrintState.PRINTED)
    assert counter.kept(issuance).print_state is PrintState.PRINTED
    counter.store.fault = ErrorCode.STORE_FULL
    with pytest.raises(StoreError):
        counter.printing.record(issuance.event_id, PrintState.FAILED)
