from __future__ import annotations

import pytest

from desktop.core.errors import DeviceError, ErrorCode, StoreError
from desktop.core.issuance import Issuance, PrintState
from desktop.core.paper.drawing import SlipCode
from tests.fakes.printer import FakePrinter
from tests.services.counter import Counter
from tests.services.test_issuing import filled


def issued(counter: Counter) -> Issuance:
    issuance = counter.issuing.issue(filled(counter))
    assert isinstance(issuance, Issuance)
    return issuance


def test_the_slip_carries_the_certificates_code_and_comes_out_of_the_printer():
    counter = Counter()
    issuance = issued(counter)
    slip = counter.printing.slip(issuance)
    assert [part.text for part in slip if isinstance(part, SlipCode)] == [issuance.hc1]
    counter.printing.print_slip(slip)
    assert counter.printer.slips == [slip]


def test_a_printer_that_is_set_up_later_is_used_at_once():
    counter = Counter()
    issuance = issued(counter)
    first, counter.printer = counter.printer, FakePrinter()
    counter.printing.print_slip(counter.printing.slip(issuance))
    assert (len(first.slips), len(counter.printer.slips)) == (0, 1)


def test_without_a_printer_there_is_no_slip_and_the_page_remains():
    counter = Counter()
    issuance = issued(counter)
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
    issuance = issued(counter)
    counter.printer.fault = ErrorCode.PRINTER_UNREACHABLE
    with pytest.raises(DeviceError):
        counter.printing.print_slip(counter.printing.slip(issuance))
    assert counter.store.issuance(issuance.event_id) == issuance


def test_what_became_of_the_paper_is_remembered():
    counter = Counter()
    issuance = issued(counter)
    counter.printing.record(issuance.event_id, PrintState.FAILED)
    assert counter.store.issuance(issuance.event_id).print_state is PrintState.FAILED
    counter.printing.record(issuance.event_id, PrintState.PRINTED)
    assert counter.store.issuance(issuance.event_id).print_state is PrintState.PRINTED
    counter.store.fault = ErrorCode.STORE_FULL
    with pytest.raises(StoreError):
        counter.printing.record(issuance.event_id, PrintState.FAILED)
