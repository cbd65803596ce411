"""Collects the licences of everything that the packaged program carries.

Refuses a licence that is not on the list of those we may ship, and writes one ``licences.json`` of
names, versions, licences and full texts for the *About* page. ``build_spec.py`` calls it with what
PyInstaller really collected, the tests with what ``requirements/run.txt`` names.
"""

from __future__ import annotations

import json
import platform
import re
import subprocess
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[1]
_PSF = _HERE / "PSF-2.0.txt"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)

ALLOWED = frozenset(
    {
        "Apache-2.0",
        "Apache-2.0 OR BSD-2-Clause",
        "Apache-2.0 OR BSD-3-Clause",
        "0BSD",
        "blessing",
        "bzip2-1.0.6",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "LGPL-3.0-only",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "MPL-2.0",
        "OFL-1.1",
        "PSF-2.0",
        "Unicode-3.0",
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

_SYSTEM = {
    "libbz2-1.0": "bzip2-1.0.6",
    "libexpat1": "MIT",
    "libffi8": "MIT",
    "liblzma5": "0BSD",
    "libmpdec3": "BSD-2-Clause",
    "libsqlite3-0": "blessing",
    "libssl3": "Apache-2.0",
    "libuuid1": "BSD-3-Clause",
    "zlib1g": "Zlib",
}
"""Debian packages whose libraries Python itself needs, with what their copyright files say."""

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
    return _PINNED.findall(requirements.read_text(encoding="utf-8"))


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


def collect(distributions: Iterable[str]) -> list[Licence]:
    """The licences of installed distributions, and of what we ship beside them.

    Raises:
        ForeignLicenceError: One of them may not be shipped.
    """
    found = []
    for name in sorted(set(distributions), key=str.lower):
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # of another platform
        expression = licence_of(distribution)
        _require(name, expression)
        text = _text(distribution, expression)
        found.append(Licence(name, distribution.version, expression, text))
    resources = _ROOT / "resources"
    fonts = (resources / "fonts" / "LICENSE").read_text(encoding="utf-8")
    sets = (resources / "valuesets" / "NOTICE").read_text(encoding="utf-8")
    countries = (resources / "countries" / "LICENSE").read_text(encoding="utf-8")
    return [
        Licence("python", platform.python_version(), "PSF-2.0", _PSF.read_text(encoding="utf-8")),
        *found,
        Licence("noto-sans", "", "OFL-1.1", fonts),
        Licence("ehn-dcc-valuesets", "", "Apache-2.0", sets),
        Licence("unicode-cldr", "", "Unicode-3.0", countries),
    ]


def collect_system(libraries: Iterable[Path]) -> list[Licence]:
    """The licences of system libraries that are shipped, by the Debian packages they are from.

    Raises:
        ForeignLicenceError: One of them may not be shipped.
    """
    owners = {package for file in libraries if (package := _package_of(file))}
    packages = {name for name in owners if not name.startswith("libpython")}  # listed as Python
    for package in packages:
        _require(package, _SYSTEM.get(package, "not stated"))
    texts = {name: Path("/usr/share/doc") / name / "copyright" for name in packages}
    return [
        Licence(name, "", _SYSTEM[name], texts[name].read_text(encoding="utf-8"))
        for name in sorted(packages)
    ]


def _package_of(file: Path) -> str | None:
    """The Debian package that a file is from; None if none knows it."""
    real = file.resolve()
    for path in (file, real, Path("/usr") / real.relative_to("/"), _without_usr(real)):
        told = subprocess.run(  # noqa: S603 - asks the package manager about a file
            ["dpkg-query", "-S", str(path)],  # noqa: S607 - wherever it is
            capture_output=True,
            text=True,
            check=False,
        )
        if told.returncode == 0:
            return told.stdout.partition(":")[0]
    return None


def _without_usr(path: Path) -> Path:
    """Where a merged file system has the file for packages of an older one."""
    return Path("/") / path.relative_to("/usr") if path.is_relative_to("/usr") else path


def _require(name: str, expression: str) -> None:
    if expression not in ALLOWED:
        msg = f"{name}: {expression} is not on the list of licences that we may ship"
        raise ForeignLicenceError(msg)


def _text(distribution: metadata.Distribution, expression: str) -> str:
    marks = ("licen", "copying", "notice")
    files = [
        file
        for file in distribution.files or []
        if any(mark in file.name.lower() for mark in marks)
        and ".dist-info" in str(file)
        and file.suffix not in {".py", ".pyc"}
    ]
    texts = [file.read_text(encoding="utf-8") for file in files]
    if not texts:
        texts = [
            (_HERE / name).read_text(encoding="utf-8")
            for name in _TEXTS_OF_OURS.get(expression, ())
        ]
    return "\n\n".join(texts)


def write(target: Path, licences: Iterable[Licence]) -> None:
    """Write ``licences.json``."""
    rows = [asdict(licence) for licence in licences]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
