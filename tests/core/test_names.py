"""Ten thousand names of every kind: each is certified in machine-readable form, or refused."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.adapters.valuesets import load_value_sets
from desktop.core.form import Field, Problem, ProblemCode
from desktop.core.parsing import parse
from desktop.hcert.entries import NAME_LIMIT, Certificate
from desktop.hcert.names import MACHINE_NAME
from tests.builders import a_form

VALUE_SETS = load_value_sets()
TODAY = date(2021, 6, 1)


def block(*ranges: tuple[int, int]) -> st.SearchStrategy[str]:
    return st.one_of(
        *(st.characters(min_codepoint=low, max_codepoint=high) for low, high in ranges)
    )


latin = block((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x1E00, 0x1EFF))
greek = block((0x370, 0x3FF), (0x1F00, 0x1FFF))
cyrillic = block((0x400, 0x52F), (0x1C80, 0x1C8F), (0x2DE0, 0x2DFF), (0xA640, 0xA69F))
arabic = block((0x600, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF))
other = block((0x590, 0x5FF), (0x900, 0x97F), (0x10A0, 0x10FF), (0x3040, 0x30FF), (0x4E00, 0x9FFF))
emoji = block((0x1F300, 0x1FAFF), (0x2600, 0x27BF), (0xFE00, 0xFE0F), (0xE0000, 0xE007F))
controls = block((0x00, 0x1F), (0x7F, 0x9F), (0xD800, 0xDFFF), (0xE000, 0xE0FF), (0xFFF0, 0xFFFF))
bidi = block((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFEFF, 0xFEFF), (0xAD, 0xAD))
accents = block((0x300, 0x36F), (0x483, 0x489), (0x64B, 0x65F), (0x1AB0, 0x1AFF), (0x20D0, 0x20FF))
punctuation = block((0x20, 0x40), (0x2010, 0x203F))
between = st.sampled_from(" -'.\t")


def names(*letters: st.SearchStrategy[str], longest: int = 30) -> st.SearchStrategy[str]:
    return st.text(st.one_of(*letters, between), max_size=longest)


KINDS = {
    "latin": names(latin, accents, punctuation),
    "greek and cyrillic": names(greek, cyrillic, accents),
    "arabic": names(arabic, latin),
    "other scripts": names(other, latin),
    "emoji": names(emoji, latin),
    "controls": names(controls, latin),
    "bidi and zero width": names(bidi, latin, arabic),
    "long": names(latin, cyrillic, longest=120).map(lambda name: name * 3),
    "anything": st.text(st.characters(), max_size=100),
    "a few odd signs in a usual name": st.builds(
        lambda begin, odd, end: f"{begin}{odd}{end}",
        st.sampled_from(["Erika", "Müstermann-Gößler", "Воробьёв", ""]),
        st.text(st.characters(), max_size=3),
        st.sampled_from(["", "sen", "ß", "\u0308", " van 't Hoff"]),
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_is_certified_in_machine_readable_form_or_refused(kind):
    certified = refused = 0

    @settings(max_examples=1000, database=None)
    @given(KINDS[kind], KINDS[kind])
    def check(given_name: str, family_name: str) -> None:
        nonlocal certified, refused
        form = a_form(given_name=given_name, family_name=family_name, country="DE")
        outcome = parse(form, VALUE_SETS, TODAY)
        if isinstance(outcome, Certificate):
            certified += 1
            assert_certifiable(outcome)
        else:
            refused += 1
            assert_refused(outcome)

    check()
    assert certified + refused >= 1000
    assert certified
    assert refused


def assert_certifiable(certificate: Certificate) -> None:
    person = certificate.person
    for name, machine in (
        (person.family_name, person.family_machine),
        (person.given_name, person.given_machine),
    ):
        assert len(name) <= NAME_LIMIT
        assert unicodedata.is_normalized("NFC", name)
        assert not {unicodedata.category(sign) for sign in name} & {"Cc", "Cf", "Cs", "Co", "Cn"}
        assert len(machine) <= NAME_LIMIT
        assert MACHINE_NAME.fullmatch(machine) or name == machine == ""
    assert person.family_name


def assert_refused(problems: tuple[Problem, ...]) -> None:
    assert problems
    for problem in problems:
        assert problem.field in (Field.GIVEN_NAME, Field.FAMILY_NAME)
        assert problem.code in {code for code in ProblemCode if code.startswith("name_")}
