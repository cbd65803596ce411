"""Builds the packaged program: PyInstaller, one folder, on the system that it is meant for.

``python build_spec.py`` (``make build``) collects the licences of what is shipped and then runs
PyInstaller over this very file: it is its own spec. The result is ``dist/tresen/``. One folder and
never one file: Qt is used under the LGPL, so whoever has the program can exchange its libraries.
"""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import sys
import sysconfig
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(os.environ.get("TRESEN_SOURCE") or Path(__file__).resolve().parent)
BUILD = ROOT / "build"

RESOURCES = tuple(
    folder.name
    for folder in sorted((ROOT / "resources").iterdir())
    if folder.is_dir() and folder.name[0] != "_"
)
"""Folders of ``resources/`` that the program reads; scripts beside them stay at home."""

LATE_IMPORTS = ("desktop.cli", "desktop.adapters", "desktop.centre", "uvicorn")
"""Packages with modules that are imported by name."""

UNUSED_MODULES = (
    "tkinter",
    "unittest",
    "test",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtOpenGL",
    "PySide6.QtDesigner",
    "setuptools",
    "psycopg",  # a terminal never talks to PostgreSQL; a centre that does is installed otherwise
    "psycopg_binary",
    "pkg_resources",
    "readline",  # GPL, and there is no prompt
    "_curses",
)

UNUSED_FILES = (
    "libqpdf",  # the picture plugin needs QtPdf's library beside it; we open PDFs otherwise
    "libqgtk3",
    "libgtk-3",
    "libqwayland",
    "libQt6Wayland",
    "libQt6WlShell",
    "libQt6EglFS",
    "libqeglfs",
    "libqvnc",
    "libqlinuxfb",
    "libqminimal",
    "libQt6Qml",
    "libQt6Quick",
    "libqtiff",
    "libqtga",
    "libqwbmp",
    "libqicns",
    "libqwebp",
    "libqgif",
    "wayland-",
    "egldeviceintegrations",
)
"""Parts of Qt that a counter never meets; left out by name."""

QT_LANGUAGES = ("qtbase_de", "qtbase_en")


Entry = tuple[str, str, str]
"""What PyInstaller collects: name in the bundle, file, kind."""

PYTHON_NEEDS = (
    "libpython", "libbz2", "libcrypto", "libexpat", "libffi", "liblzma", "libmpdec", "libsqlite3",
    "libssl", "libuuid", "libz.",
)  # fmt: skip
"""System libraries that travel along on Linux, because Python is built against these versions.

All others (X11, fontconfig, GLib, …) are the system's own: installers/linux/packages.txt.
"""


def wanted(entry: Entry) -> bool:
    """Whether a collected file belongs into the program."""
    name = entry[0].replace("\\", "/")
    if "/translations/" in name:
        return Path(name).stem in QT_LANGUAGES
    if any(part in name for part in UNUSED_FILES):
        return False
    return not is_system_library(entry) or Path(name).name.startswith(PYTHON_NEEDS)


def is_system_library(entry: Entry) -> bool:
    """Whether a library is neither of a package in the environment nor one of Python's modules."""
    if entry[2] != "BINARY":
        return False
    file = Path(entry[1])
    ours = (Path(sys.prefix), Path(sysconfig.get_path("stdlib")))
    return sys.platform == "linux" and not any(file.is_relative_to(folder) for folder in ours)


def licences(analysis: Any) -> Path:  # noqa: ANN401 - PyInstaller has no types
    """Collect the licences of what was collected; the file that *About* reads."""
    owners = metadata.packages_distributions()
    tops = {name.partition(".")[0] for name, _file, _kind in analysis.pure}
    tops |= {entry[0].replace("\\", "/").partition("/")[0] for entry in analysis.binaries}
    names = {owner for top in tops for owner in owners.get(top, []) if owner != "tresen"}
    system = [Path(entry[1]) for entry in analysis.binaries if is_system_library(entry)]
    collect = runpy.run_path(str(ROOT / "installers" / "licences" / "collect.py"))
    target = BUILD / "licences.json"
    collect["write"](target, collect["collect"](names) + collect["collect_system"](system))
    return target


def spec() -> None:
    """What PyInstaller does; the classes are its own spec vocabulary."""
    from PyInstaller.building.api import COLLECT, EXE, PYZ
    from PyInstaller.building.build_main import Analysis
    from PyInstaller.utils.hooks import collect_data_files, collect_submodules

    resources = ROOT / "resources"
    datas = [(str(resources / name), f"desktop/resources/{name}") for name in RESOURCES]
    datas += collect_data_files("escpos")  # its capabilities.json has no hook
    datas += collect_data_files("tzdata")
    hidden = [name for package in LATE_IMPORTS for name in collect_submodules(package)]
    analysis = Analysis(
        [str(ROOT / "desktop" / "__main__.py")],
        pathex=[str(ROOT)],
        datas=datas,
        hiddenimports=hidden,
        excludes=list(UNUSED_MODULES),
        optimize=0,  # under -O python-escpos "opens" a printer that is not there
    )
    analysis.binaries = [entry for entry in analysis.binaries if wanted(entry)]
    analysis.datas = [
        entry for entry in analysis.datas if wanted(entry) and not entry[0].endswith((".po", ".py"))
    ]
    analysis.datas.append(("desktop/resources/licences.json", str(licences(analysis)), "DATA"))
    strip = sys.platform == "linux"
    program = EXE(
        PYZ(analysis.pure),
        analysis.scripts,
        exclude_binaries=True,
        name="tresen",
        console=True,
        strip=strip,
    )
    COLLECT(program, analysis.binaries, analysis.datas, name="tresen", strip=strip)


def main() -> int:
    """Run PyInstaller over this file."""
    BUILD.mkdir(exist_ok=True)
    copy = BUILD / "tresen.spec"  # PyInstaller tells a spec by its ending
    shutil.copy(Path(__file__), copy)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(ROOT / "dist"), "--workpath", str(BUILD / "pyinstaller")]
    # The same bytes from the same sources: fixed time stamps and hash seed.
    steady = {"SOURCE_DATE_EPOCH": "1700000000", "PYTHONHASHSEED": "0", "TRESEN_SOURCE": str(ROOT)}
    done = subprocess.run([*command, str(copy)], env=os.environ | steady, check=False)  # noqa: S603 - ours
    return done.returncode


if "SPECPATH" in globals():
    spec()
elif __name__ == "__main__":
    sys.exit(main())
