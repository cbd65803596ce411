"""Collects the licences of everything that the packaged program carries.

Walks the installed distributions that ``requirements/run.txt`` names, refuses a licence that is
not on the list of those we may ship, and writes one ``licences.json`` of names, versions, licences
and full texts for the *About* page. Called by ``build_spec.py`` and by the tests.
"""

from __future__ import annotations

import json
import platform
import re
import sys
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[1]
_PSF = _HERE / "PSF-2.0.txt"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)

ALLOWED = frozenset(
    {
        "Apache-2.0",
        "Apache-2.0 OR BSD-2-Clause",
        "Apache-2.0 OR BSD-3-Clause",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "LGPL-3.0-only",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "MPL-2.0",
        "OFL-1.1",
        "PSF-2.0",
        "Zlib",
    }
)
"""Licences that may be shipped (SPDX). Qt is LGPL: onedir, its libraries stay exchangeable."""

_STATED_OTHERWISE = {
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only": "LGPL-3.0-only",
}
"""How packages without an SPDX expression say the same; of a choice, what we choose."""

_KNOWN = {
    "apsw-sqlite3mc": "Zlib",
    "argcomplete": "Apache-2.0",
    "reportlab": "BSD-3-Clause",
}
"""Packages whose metadata name no licence in a usable form; read in their licence files."""

_TEXTS_OF_OURS = {
    "LGPL-3.0-only": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "MPL-2.0": ("MPL-2.0.txt",),
}


class ForeignLicenceError(Exception):
    """A package has a licence that is not on the list."""


@dataclass(frozen=True, slots=True)
class Licence:
    """A package and the terms under which it is shipped."""

    name: str
    version: str
    licence: str
    text: str


def pinned(requirements: Path) -> list[str]:
    """The distributions that a requirements file pins, as it names them."""
    return _PINNED.findall(requirements.read_text())


def licence_of(distribution: metadata.Distribution) -> str:
    """The SPDX expression of a distribution, or what it says instead."""
    about = distribution.metadata.json
    name = str(about["name"]).lower().replace("_", "-")
    if name in _KNOWN:
        return _KNOWN[name]
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in about.get("classifier", [])
        if line.startswith("License :: ")
    ]
    stated = [about.get("license_expression"), about.get("license")]
    said = [str(saying) for saying in stated if saying] + classifiers
    for saying in said:
        expression = _STATED_OTHERWISE.get(saying, saying)
        if expression in ALLOWED:
            return expression
    return " / ".join(said) or "not stated"


def collect(requirements: Path) -> list[Licence]:
    """The licences of all installed distributions that a requirements file pins.

    Raises:
        ForeignLicenceError: One of them may not be shipped.
    """
    found = []
    for name in pinned(requirements):
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # of another platform
        expression = licence_of(distribution)
        if expression not in ALLOWED:
            msg = f"{name}: {expression} is not on the list of licences that we may ship"
            raise ForeignLicenceError(msg)
        found.append(
            Licence(name, distribution.version, expression, _text(distribution, expression))
        )
    resources = _ROOT / "resources"
    fonts = (resources / "fonts" / "LICENSE").read_text()
    sets = (resources / "valuesets" / "NOTICE").read_text()
    return [
        Licence("python", platform.python_version(), "PSF-2.0", _PSF.read_text()),
        *found,
        Licence("noto-sans", "", "OFL-1.1", fonts),
        Licence("ehn-dcc-valuesets", "", "Apache-2.0", sets),
    ]


def _text(distribution: metadata.Distribution, expression: str) -> str:
    marks = ("licen", "copying", "notice")
    files = [
        file
        for file in distribution.files or []
        if any(mark in file.name.lower() for mark in marks)
        and ".dist-info" in str(file)
        and file.suffix not in {".py", ".pyc"}
    ]
    texts = [file.read_text() for file in files]
    if not texts:
        texts = [(_HERE / name).read_text() for name in _TEXTS_OF_OURS.get(expression, ())]
    return "\n\n".join(texts)


def write(target: Path) -> None:
    """Write ``licences.json``."""
    licences = collect(_ROOT / "requirements" / "run.txt")
    rows = [asdict(licence) for licence in licences]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
