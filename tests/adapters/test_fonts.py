from __future__ import annotations

import hashlib
from gettext import GNUTranslations
from io import BytesIO

import pytest

from desktop.adapters import resources
from desktop.adapters.fonts import Weight, typeface

ALPHABETS = {
    "Albanian": "ÇËçë",
    "Azerbaijani": "ÇƏĞİIÖŞÜçəğıöşü",
    "Bulgarian": "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯ",
    "Croatian": "ČĆĐŠŽčćđšž",
    "Czech": "ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽáčďéěíňóřšťúůýž",
    "Danish": "ÆØÅæøå",
    "Dutch": "ÁÉËÏÓÖÜĲáéëïóöüĳ",
    "Estonian": "ÄÕÖÜŠŽäõöüšž",
    "Faroese and Icelandic": "ÁÐÉÍÓÚÝÞÆÖØáðéíóúýþæöø",
    "French": "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸàâæçéèêëîïôœùûüÿ",
    "German": "ÄÖÜẞäöüß",
    "Greek": "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΪΌΎΫΏάέήίϊΐόύϋΰώς",
    "Hungarian": "ÁÉÍÓÖŐÚÜŰáéíóöőúüű",
    "Irish and Welsh": "ÁÉÍÓÚÂÊÎÔÛŴŶáéíóúâêîôûŵŷẀẂẄ",
    "Latvian": "ĀČĒĢĪĶĻŅŠŪŽāčēģīķļņšūž",
    "Lithuanian": "ĄČĘĖĮŠŲŪŽąčęėįšųūž",
    "Macedonian and Serbian": "ЃЅЈЉЊЌЏЂЋѓѕјљњќџђћ",
    "Maltese": "ĊĠĦŻċġħż",
    "Polish": "ĄĆĘŁŃÓŚŹŻąćęłńóśźż",
    "Portuguese and Spanish": "ÀÁÂÃÇÉÊÍÑÓÔÕÚÜàáâãçéêíñóôõúü",
    "Romanian": "ĂÂÎȘȚăâîșțŞŢşţ",
    "Russian and Belarusian": "ЁЪЫЭІЎёъыэіў",
    "Sami": "ÁČĐŊŠŦŽáčđŋšŧž",
    "Slovak": "ÁÄČĎÉÍĹĽŇÓÔŔŠŤÚÝŽáäčďéíĺľňóôŕšťúýž",
    "Turkish": "ÇĞİÖŞÜçğıöşü",
    "Ukrainian": "ҐЄІЇґєії",
    "Vietnamese": "ĂÂĐÊÔƠƯăâđêôơưẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ",
    "signs": "ABCXYZabcxyz0123456789-–'’·./:<#",
}


@pytest.mark.parametrize("weight", list(Weight))
@pytest.mark.parametrize("language", ALPHABETS)
def test_the_bundled_fonts_have_the_letters_of_every_european_name(language, weight):
    letters = ALPHABETS[language]
    assert typeface(weight).legible(letters) == letters


@pytest.mark.parametrize("weight", list(Weight))
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_bundled_fonts_have_every_letter_of_our_own_words(language, weight):
    catalogue = GNUTranslations(BytesIO(resources.read_bytes(f"words/{language}.mo")))
    words = "".join(text for id_, text in catalogue._catalog.items() if id_)  # type: ignore[attr-defined] # not in the stubs
    letters = "".join(sorted({sign for sign in words if sign.isalpha()}))
    assert set("ABCabc") <= set(letters)
    assert typeface(weight).legible(letters) == letters


def test_a_script_that_the_font_lacks_falls_back_and_is_never_a_box():
    face = typeface(Weight.REGULAR)
    assert face.legible("محمد", "MOHAMMED") == "MOHAMMED"
    assert face.legible("Ali محمد") == "Ali "
    assert face.legible("Zoë 😀") == "Zoë "


def test_control_and_direction_signs_are_left_out_before_anything_is_drawn():
    assert typeface(Weight.BOLD).legible("a\u202eb\x1bc\u200bd") == "abcd"
    assert typeface(Weight.BOLD).legible("محمد", "A\x1bB") == "AB"


def test_the_fonts_are_the_ones_that_the_notice_speaks_of_and_bring_their_licence():
    assert "SIL OPEN FONT LICENSE" in resources.read_text("fonts/LICENSE")
    assert "fonts-noto-core 20201225-1" in resources.read_text("fonts/NOTICE")
    for weight, digest in (
        (Weight.REGULAR, "89c3c497f618fdaa"),
        (Weight.BOLD, "e83493c945848ecd"),
    ):
        assert hashlib.sha256(typeface(weight).data).hexdigest().startswith(digest)
