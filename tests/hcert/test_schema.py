from __future__ import annotations

import copy
import json
import re
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.hcert import schema
from tests.hcert.issuer import dcc_of
from tests.shared_data import required

TEST = {
    "tg": "840539006",
    "tt": "LP6464-4",
    "nm": "name",
    "ma": "1232",
    "sc": "2021-06-01T12:00:00Z",
    "tr": "260415000",
    "tc": "centre",
    "co": "DE",
    "is": "issuer",
    "ci": "urn",
}
RECOVERY = {
    "tg": "840539006",
    "fr": "2021-05-01",
    "co": "DE",
    "is": "issuer",
    "df": "2021-05-29",
    "du": "2021-10-29",
    "ci": "urn",
}


def payload_of_vaccination():
    return dcc_of()


def payload_of_test():
    dcc = dcc_of()
    del dcc["v"]
    return dcc | {"t": [dict(TEST)]}


def payload_of_recovery():
    dcc = dcc_of()
    del dcc["v"]
    return dcc | {"r": [dict(RECOVERY)]}


KINDS = {"v": payload_of_vaccination, "t": payload_of_test, "r": payload_of_recovery}


@pytest.mark.parametrize("kind", KINDS)
def test_what_follows_the_schema_has_no_breaches(kind):
    assert schema.breaches(KINDS[kind]()) == ()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/ver", "1.3"),
        ("/ver", 1),
        ("/ver", "1.3.0\n"),
        ("/ver", "١.٣.٠"),
        ("/dob", "1815-08-24"),
        ("/dob", "1964-08-12T00:00:00"),
        ("/dob", "1964-08-12\n"),
        ("/dob", None),
        ("/nam", []),
        ("/nam/fnt", "Müller"),
        ("/nam/fnt", "A" * 81),
        ("/nam/fnt", None),
        ("/nam/gnt", "a"),
        ("/nam/fn", "A" * 81),
        ("/nam/gn", 7),
        ("/v", None),
        ("/v", []),
        ("/v", "text"),
        ("/v", {0: {}}),
        ("/v/0", "text"),
        ("/v/0/tg", 840539006),
        ("/v/0/dn", 0),
        ("/v/0/dn", True),
        ("/v/0/dn", 1.5),
        ("/v/0/dn", "1"),
        ("/v/0/dn", None),
        ("/v/0/dn", float("nan")),
        ("/v/0/sd", -1),
        ("/v/0/co", ""),
        ("/v/0/co", "de"),
        ("/v/0/is", "A" * 81),
        ("/v/0/ci", "A" * 81),
    ],
)
def test_each_rule_names_the_place_of_its_breach(path, value):
    dcc = dcc_of()
    *way, last = path[1:].split("/")
    target: Any = dcc
    for step in way:
        target = target[int(step) if step.isdigit() else step]
    target[int(last) if last.isdigit() else last] = value
    assert schema.breaches(dcc) == (path,)


@pytest.mark.parametrize(
    ("kind", "member"),
    [("v", name) for name in dcc_of()["v"][0]]
    + [("t", name) for name in TEST if name not in ("nm", "ma", "tc")]
    + [("r", name) for name in RECOVERY],
)
def test_each_required_member_is_missed(kind, member):
    dcc = KINDS[kind]()
    del dcc[kind][0][member]
    assert schema.breaches(dcc) == (f"/{kind}/0/{member}",)


@pytest.mark.parametrize("member", ["ver", "nam", "dob"])
def test_each_part_of_the_whole_is_missed(member):
    dcc = dcc_of()
    del dcc[member]
    assert schema.breaches(dcc) == (f"/{member}",)


def test_exactly_one_kind_of_entry_is_wanted():
    both = payload_of_vaccination() | {"t": [dict(TEST)]}
    none = {key: value for key, value in dcc_of().items() if key != "v"}
    assert schema.breaches(both) == schema.breaches(none) == ("/",)


def test_exactly_one_entry_is_wanted():
    dcc = dcc_of()
    dcc["v"] = dcc["v"] * 2
    assert schema.breaches(dcc) == ("/v",)


@pytest.mark.parametrize(
    ("path", "value"),
    [("dob", ""), ("dob", "1964"), ("dob", "1964-08"), ("dob", "1964-99-99"), ("ver", "1x3y0")],
)
def test_what_the_schema_allows_is_no_breach(path, value):
    assert schema.breaches(dcc_of() | {path: value}) == ()


def test_whole_numbers_may_be_written_as_floats():
    dcc = dcc_of()
    dcc["v"][0]["dn"] = 2.0
    assert schema.breaches(dcc) == ()


@pytest.fixture(scope="module")
def published():
    """The published schema, with patterns meant as ECMA-262 means them."""
    document = json.loads(required("dcc-schemas/1.3.0.json").read_text(encoding="utf-8"))
    base = jsonschema.validators.validator_for(document)

    def pattern(_validator, wanted, instance, _schema):
        ecma = wanted.replace("$", r"\Z").replace(".", r"[^\n\r\u2028\u2029]")
        if isinstance(instance, str) and not re.search(ecma, instance, re.ASCII):
            yield jsonschema.ValidationError("pattern")

    return jsonschema.validators.extend(base, {"pattern": pattern})(document)


JSON_VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-3, 12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from([1.0, 2.0, "", "1.3.0", "1964", "1964-08", "DE", "A<B", "A" * 81, "ÄÖ"])
    | st.text(max_size=90)
    | st.lists(st.none(), max_size=2)
    | st.dictionaries(st.text(max_size=3), st.integers(), max_size=2)
)


@st.composite
def mutated_payloads(draw):
    """A good payload with up to three changes anywhere: a value, a member less, one more."""
    dcc = draw(st.sampled_from([payload_of_vaccination, payload_of_test, payload_of_recovery]))()
    dcc = copy.deepcopy(dcc)
    for _ in range(draw(st.integers(0, 3))):
        parent, key = draw(st.sampled_from([*_places(dcc), (dcc, "ver")]))
        how = draw(st.sampled_from(["change", "remove", "add", "double"]))
        if how == "change":
            parent[key] = draw(JSON_VALUES)
        elif how == "remove" and key in (parent if isinstance(parent, dict) else range(99)):
            del parent[key]
        elif how == "double" and isinstance(parent, list):
            parent.append(copy.deepcopy(parent[key]))
        elif isinstance(parent, dict):
            name = draw(st.sampled_from(["v", "t", "r", "nm", "gnt", "extra"]))
            parent[name] = draw(JSON_VALUES | st.just([dict(TEST)]) | st.just([dict(RECOVERY)]))
    return dcc


def _places(value):
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for key, member in list(members):
        yield value, key
        if isinstance(member, dict | list):
            yield from _places(member)


@given(mutated_payloads())
def test_the_rules_agree_with_the_published_schema(published, dcc):
    assert (schema.breaches(dcc) == ()) == published.is_valid(dcc)
