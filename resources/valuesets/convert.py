"""Writes this folder's value sets from those that the eHealth Network published.

Run as ``python resources/valuesets/convert.py FOLDER [TARGET]``: FOLDER holds the files of
``ehn-dcc-development/ehn-dcc-valuesets``, TARGET (this folder, unless named) gets ours: one file a
set, entries by code with name and state, products with everything that follows from them. The same
input always gives the same bytes.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any, Final

SETS: Final = {
    "countries": "country-2-codes",
    "diseases": "disease-agent-targeted",
    "manufacturers": "vaccine-mah-manf",
    "products": "vaccine-medicinal-product",
    "prophylaxis": "vaccine-prophylaxis",
    "test_devices": "test-manf-example",
    "test_results": "test-result",
    "test_types": "test-type",
}
"""Our file by theirs."""

_INSTRUCTIONS: Final = "vaccine-encoding-instructions"
_GENERIC: Final = "28531000087107"  # "COVID-19 vaccine", allowed for every product
_DEPRECATED: Final = " (deprecated)"

_NOTICE: Final = """\
Value sets for EU Digital COVID Certificates

The JSON files in this folder are derived from
https://github.com/ehn-dcc-development/ehn-dcc-valuesets, release 2.12.0, commit 60ea3d86
(12 July 2023), licensed by the eHealth Network under the Apache License, Version 2.0; see LICENSE
in this folder.

Changes: converted by convert.py. Each entry keeps its code, its English name and whether it is
active; system, version and language were left out, and so was the suffix "(deprecated)" of
names, which repeats that an entry is not active. Each product carries the manufacturer and the
most specific prophylaxis that vaccine-encoding-instructions.json (annex A of the guidelines)
gives for it. test_devices.json is the example that the release contains, not the live list.
"""


def main(arguments: list[str]) -> None:
    """Convert all sets of a folder."""
    source = Path(arguments[0])
    target = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).parent
    encodings = _encodings(_read(source, _INSTRUCTIONS))
    for ours, theirs in SETS.items():
        document = _converted(_read(source, theirs))
        if ours == "products":
            for code, entry in document["entries"].items():
                entry.update(encodings[code])
        (target / f"{ours}.json").write_text(_written(document), encoding="utf-8", newline="\n")
    shutil.copyfile(source / "LICENSE", target / "LICENSE")
    (target / "NOTICE").write_text(_NOTICE, encoding="utf-8", newline="\n")


def _read(folder: Path, stem: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / f"{stem}.json").read_text(encoding="utf-8"))
    return document


def _converted(document: dict[str, Any]) -> dict[str, Any]:
    entries = {
        code: {"display": entry["display"].removesuffix(_DEPRECATED), "active": entry["active"]}
        for code, entry in sorted(document["valueSetValues"].items())
    }
    return {
        "id": document["valueSetId"],
        "date": document["valueSetDate"],
        "entries": entries,
    }


def _encodings(document: dict[str, Any]) -> dict[str, dict[str, str]]:
    """What follows from each product's code; some codes stand there with a suffix."""
    return {
        entry["vaccine-code"].removesuffix(_DEPRECATED): {
            "manufacturer": entry["vaccine-manufacturer"],
            "prophylaxis": _most_specific(entry["sct-codes"]),
        }
        for entry in document["valueSetValues"].values()
    }


def _most_specific(codes: list[str]) -> str:
    """The one code that says more than the generic one, if there is one."""
    specific = [code for code in codes if code != _GENERIC]
    if len(specific) > 1:
        msg = f"more than one specific prophylaxis: {specific}"
        raise ValueError(msg)
    return specific[0] if specific else _GENERIC


def _written(document: dict[str, Any]) -> str:
    """JSON with one entry a line."""
    lines = [
        f"  {json.dumps(code, ensure_ascii=False)}: {json.dumps(entry, ensure_ascii=False)}"
        for code, entry in document["entries"].items()
    ]
    head = {key: value for key, value in document.items() if key != "entries"}
    fields = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    return "{" + ",\n".join([*fields, '"entries": {\n' + ",\n".join(lines)]) + "\n}}\n"


if __name__ == "__main__":
    main(sys.argv[1:])
