from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.adapters import qrcode_writer
from desktop.core.audit import AuditAction
from desktop.core.errors import ErrorCode
from desktop.core.profile import ProfileProduct
from desktop.hcert import qr
from desktop.hcert.cose import Signature
from desktop.hcert.qr import Matrix
from desktop.services.checking import Checking
from tests.builders import a_profile
from tests.fakes.keys import FakeKeys
from tests.fakes.pages import FakePages
from tests.fakes.words import FakeWords
from tests.services.counter import Counter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.core.ports import CodeWriter, Words

WRITERS = {"zxing-cpp": qr.matrix, "qrcode": qrcode_writer.matrix}


class SpokenWords(FakeWords):
    """A catalogue that has words for every id but one."""

    def __init__(self, language: str = "de", missing: str = "") -> None:
        super().__init__(language)
        self._missing = missing

    def translate(self, message: str, /, **values: str | int) -> str:
        return message if message == self._missing else "! " + super().translate(message, **values)

    def in_language(self, language: str) -> SpokenWords:
        return SpokenWords(language, self._missing if language == "en" else "")


def checking(
    counter: Counter,
    *,
    words: Words | None = None,
    writers: Mapping[str, CodeWriter] | None = None,
) -> Checking:
    return Checking(
        store=counter.store,
        keys=counter.keys,
        clock=counter.clock,
        words=words or SpokenWords(),
        profile=counter.profile,
        value_sets=counter.value_sets,
        printing=counter.printing,
        writers=WRITERS if writers is None else writers,
    )


def broken(checking: Checking) -> dict[str, str]:
    return {check.name: check.detail for check in checking.run() if not check.ok}


def test_a_sound_terminal_passes_and_tells_what_it_found():
    checks = checking(Counter()).run()
    assert [check for check in checks if not check.ok] == []
    assert {check.name: check.detail for check in checks}["check.codes"] == "zxing-cpp, qrcode"
    assert all(check.detail for check in checks)


def test_the_self_test_issues_nothing_and_leaves_a_line_in_the_diary():
    counter = Counter()
    checking(counter).run()
    assert counter.store.journal == {}
    assert counter.store.outbox == {}
    assert [entry.action for entry, _ in counter.store.audit] == [AuditAction.CHECKED]


def test_missing_words_are_named():
    missing = "error.store.full.advice"
    assert broken(checking(Counter(), words=SpokenWords(missing=missing))) == {
        "check.words": f"en {missing}"
    }


def test_a_product_that_the_value_sets_do_not_know_is_named():
    profile = a_profile()
    offered = (*profile.products, ProfileProduct("EU/9/99/9999"))
    counter = Counter(profile=replace(profile, products=offered, country="ZZ"))
    assert broken(checking(counter)) == {"check.value_sets": "EU/9/99/9999, ZZ"}


def test_a_store_that_takes_nothing_is_found():
    counter = Counter()
    counter.store.fault = ErrorCode.STORE_FULL
    assert broken(checking(counter)) == {"check.store": "store.full"}


def test_a_terminal_that_is_not_enrolled_is_found_and_the_rest_still_looked_at():
    counter = Counter(keys=FakeKeys())
    assert broken(checking(counter)) == {
        "check.permit": "key.missing",
        "check.signature": "key.missing",
    }
    assert checking(counter).dsc is None


def test_a_key_that_cannot_be_read_is_found():
    counter = Counter()
    counter.keys.fault = ErrorCode.KEY_UNREADABLE
    assert broken(checking(counter)) == {"check.signature": "key.unreadable"}


class WrongKeys(FakeKeys):
    """A key that does not belong to the terminal's certificate."""

    def sign(self, to_be_signed):
        return Signature(FakeKeys.sign(FakeKeys.enrolled(2), to_be_signed))


def test_a_key_that_does_not_fit_its_certificate_is_found():
    counter = Counter(keys=WrongKeys.enrolled())
    assert list(broken(checking(counter))) == ["check.signature"]


def blank(_text: str, _level: str) -> Matrix:
    return Matrix(tuple(bytes(21) for _ in range(21)))


def garbled(text: str, level: str) -> Matrix:
    return qr.matrix(text[:-1], level)


@pytest.mark.parametrize("writer", [blank, garbled])
def test_a_code_that_does_not_read_back_is_found_with_its_writers_name(writer):
    assert broken(checking(Counter(), writers={"qrcode": qr.matrix, "other": writer})) == {
        "check.codes": "other"
    }


class FontlessPages(FakePages):
    """An installation whose fonts are missing."""

    def write(self, page):
        raise FileNotFoundError(page.title)


@pytest.mark.parametrize(
    ("pages", "detail"),
    [(FontlessPages(), "FileNotFoundError"), (FakePages(b"hello"), "68656c6c6f")],
)
def test_a_page_that_cannot_be_made_is_found(pages, detail):
    counter = Counter(pages=pages)
    assert broken(checking(counter)) == {"check.page": detail}
