from __future__ import annotations

import re

import pytest

from desktop.core.settings import Look
from desktop.core.status import Realm
from desktop.ui.dress import tokens_of
from desktop.ui.stylesheet import palette, stylesheet
from desktop.ui.tokens import DARK, FIELD, LIGHT, PRIMARY, Tokens, contrast, training

LOOKS = {
    "light": LIGHT,
    "dark": DARK,
    "light training": training(LIGHT),
    "dark training": training(DARK),
}
READ = (
    ("text", "surface", "canvas", "field", "accent_soft", "warn_soft", "stop_soft"),
    ("muted", "surface", "canvas", "field"),
    ("accent", "surface", "canvas", "accent_soft"),
    ("on_accent", "accent", "accent_strong"),
    ("good", "good_soft", "surface", "canvas"),
    ("warn", "warn_soft", "surface", "canvas"),
    ("stop", "stop_soft", "surface", "canvas"),
    ("on_stripe", "stripe", "stripe_other"),
)


@pytest.mark.parametrize("tokens", LOOKS.values(), ids=LOOKS)
def test_words_stand_out_from_every_ground_they_stand_on(tokens: Tokens):
    faint = {
        (words, ground): ratio
        for words, *grounds in READ
        for ground in grounds
        if (ratio := contrast(getattr(tokens, words), getattr(tokens, ground))) < 4.5
    }
    assert faint == {}


@pytest.mark.parametrize("tokens", LOOKS.values(), ids=LOOKS)
def test_the_edges_of_fields_can_be_seen(tokens: Tokens):
    assert contrast(tokens.edge, tokens.field) >= 3
    assert contrast(tokens.edge, tokens.surface) >= 3


def test_training_wears_another_accent_in_both_looks():
    assert training(LIGHT).accent != LIGHT.accent
    assert training(DARK).accent != DARK.accent


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", LOOKS.values(), ids=LOOKS)
def test_the_style_sheet_leaves_no_token_open(tokens: Tokens):
    sheet = stylesheet(tokens)
    assert "$" not in sheet
    assert set(re.findall(r"#[0-9a-f]{6}\b", sheet)) <= {
        value for name in Tokens.__slots__ if isinstance(value := getattr(tokens, name), str)
    }


def test_the_palette_follows_the_look():
    assert palette(DARK).window().color().name() == DARK.canvas


@pytest.mark.parametrize(
    ("look", "system_dark", "dark"),
    [
        (Look.LIGHT, True, False),
        (Look.DARK, False, True),
        (Look.SYSTEM, True, True),
        (Look.SYSTEM, False, False),
    ],
)
def test_the_system_decides_only_when_it_is_asked(look, system_dark, dark):
    tokens = tokens_of(look, system_dark=system_dark, realm=Realm.PRODUCTION)
    assert tokens.dark is dark


def test_fields_and_the_primary_button_are_large_enough_to_hit():
    assert FIELD >= 44
    assert PRIMARY >= 56
