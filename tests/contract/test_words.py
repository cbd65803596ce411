"""What every catalogue of Words promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.adapters.words import Catalogue
from tests.fakes.words import FakeWords

if TYPE_CHECKING:
    from desktop.core.ports import Words


@pytest.fixture(params=[Catalogue, FakeWords])
def words(request: pytest.FixtureRequest) -> Words:
    made: Words = request.param("de")
    return made


def test_names_its_language_and_gives_the_same_in_another(words):
    assert words.language == "de"
    assert words.in_language("en").language == "en"
    assert words.in_language("en").in_language("de").language == "de"
    assert words.language == "de"


@pytest.mark.expects_log
def test_an_unknown_id_is_given_back(words):
    assert words.translate("no.such.id") == "no.such.id"


def test_values_stand_in_the_words(words):
    text = words.translate("cli.centre.port_taken", port=8470)
    assert "8470" in text


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_catalogue_has_words_and_not_ids(language):
    text = Catalogue(language).translate("cli.centre.port")
    assert text != "cli.centre.port"


@pytest.mark.expects_log
def test_an_unknown_id_is_complained_of_once(caplog):
    words = Catalogue("de")
    for _ in range(3):
        words.translate("no.such.id.either")
    said = [each.getMessage() for each in caplog.records]
    assert said == ["no words for no.such.id.either"]


def test_a_language_without_words_is_a_broken_program():
    with pytest.raises(FileNotFoundError):
        Catalogue("xx")
