from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from desktop.hcert.valuesets import COVID_19, Entry, ValueSets
from tests.shared_data import required

FOLDER = Path(__file__).parents[2] / "resources" / "valuesets"


def documents():
    return {
        file.stem: json.loads(file.read_text(encoding="utf-8")) for file in FOLDER.glob("*.json")
    }


def test_all_sets_are_there():
    sets = ValueSets.from_documents(documents())
    assert sets.diseases.entries == {COVID_19: Entry("COVID-19", active=True)}
    assert len(sets.products) == 39
    assert len(sets.countries.entries) == 250
    assert sets.countries.display("DE") == "Germany"
    assert sets.countries.display("ZZ") == "ZZ"
    assert sets.test_types.display("LP6464-4").startswith("Nucleic acid")


@pytest.mark.parametrize(
    ("code", "name", "manufacturer", "prophylaxis"),
    [
        ("EU/1/20/1528", "Comirnaty", "ORG-100030215", "1119349007"),
        ("EU/1/20/1507", "Spikevax", "ORG-100031184", "1119349007"),
        ("EU/1/21/1529", "Vaxzevria", "ORG-100001699", "29061000087103"),
        ("EU/1/20/1525", "Jcovden", "ORG-100001417", "29061000087103"),
        ("EU/1/21/1618", "Nuvaxovid", "ORG-100032020", "1162643001"),
        ("EU/1/21/1624", "COVID-19 Vaccine Valneva", "ORG-100036422", "28531000087107"),
        ("EU/1/21/1580", "VidPrevtyn Beta", "ORG-100000788", "28531000087107"),
        ("EU/1/22/1709", "Bimervax", "ORG-100036914", "28531000087107"),
    ],
)
def test_what_follows_from_a_product_is_what_the_guidelines_say(
    code, name, manufacturer, prophylaxis
):
    product = ValueSets.from_documents(documents()).products[code]
    assert product.active
    assert (product.code, product.display) == (code, name)
    assert (product.manufacturer, product.prophylaxis) == (manufacturer, prophylaxis)


def test_products_that_are_not_for_new_certificates_are_inactive():
    products = ValueSets.from_documents(documents()).products
    inactive = {code for code, product in products.items() if not product.active}
    assert inactive == {
        "NVX-CoV2373",
        "Inactivated-SARS-CoV-2-Vero-Cell",
        "Vidprevtyn",
        "VLA2001",
    }
    assert not any("deprecated" in product.display for product in products.values())


def test_what_products_lead_to_is_in_its_set():
    sets = ValueSets.from_documents(documents())
    for product in sets.products.values():
        assert sets.manufacturers.entries[product.manufacturer].active
        assert sets.prophylaxis.entries[product.prophylaxis].active


@pytest.mark.parametrize(
    "change",
    [
        {"products": None},
        {"products": {}},
        {"products": {"entries": {"X": {"display": "X"}}}},
        {"countries": {"id": "c", "date": "2021", "entries": []}},
    ],
)
def test_other_documents_are_refused(change):
    with pytest.raises(ValueError, match="value sets"):
        ValueSets.from_documents(documents() | change)


def test_a_missing_set_is_refused():
    with pytest.raises(ValueError, match="value sets"):
        ValueSets.from_documents({})


def _converter():
    spec = importlib.util.spec_from_file_location("convert", FOLDER / "convert.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_converting_again_gives_the_same_files(tmp_path):
    _converter().main([str(required("valuesets")), str(tmp_path)])
    for made in tmp_path.iterdir():
        assert made.read_bytes() == (FOLDER / made.name).read_bytes(), made.name
    committed = {file.name for file in FOLDER.iterdir() if file.suffix == ".json"}
    assert committed == {file.name for file in tmp_path.glob("*.json")}


def test_two_specific_prophylaxes_are_no_answer():
    with pytest.raises(ValueError, match="more than one"):
        _converter()._most_specific(["1", "2", "28531000087107"])
