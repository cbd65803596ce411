"""Builds the packaged program: PyInstaller, one folder, on the system that it is meant for.

``python build_spec.py`` (``make build``) collects the licences of what is shipped and then runs
PyInstaller over this very file: it is its own spec. The result is ``dist/tresen/``. One folder and
never one file: Qt is used under the LGPL, so whoever has the program can exchange its libraries.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(os.environ.get("TRESEN_SOURCE") or Path(__file__).resolve().parent)
BUILD = ROOT / "build"

RESOURCES = ("fonts", "icons", "profiles", "valuesets", "words")
"""Folders of ``resources/`` that the program reads; scripts beside them stay at home."""

LATE_IMPORTS = ("desktop.cli", "desktop.adapters", "desktop.centre", "uvicorn", "keyring")
"""Packages with modules that are imported by name or late."""

UNUSED_MODULES = (
    "tkinter",
    "unittest",
    "test",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtOpenGL",
    "PySide6.QtDesigner",
    "setuptools",
    "pkg_resources",
)

UNUSED_FILES = (
    "libqpdf",  # the picture plugin needs QtPdf's library beside it; we open PDFs otherwise
    "libqgtk3",
    "libgtk-3",
    "libqwayland",
    "libQt6Wayland",
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


def wanted(entry: tuple[str, str, str]) -> bool:
    """Whether a collected file belongs into the program."""
    name = entry[0].replace("\\", "/")
    if "/translations/" in name:
        return Path(name).stem in QT_LANGUAGES
    return not any(part in name for part in UNUSED_FILES)


def spec() -> None:
    """What PyInstaller does; the classes are its own spec vocabulary."""
    from PyInstaller.building.api import COLLECT, EXE, PYZ
    from PyInstaller.building.build_main import Analysis
    from PyInstaller.utils.hooks import collect_data_files, collect_submodules

    resources = ROOT / "resources"
    datas = [(str(resources / name), f"desktop/resources/{name}") for name in RESOURCES]
    datas += [(str(BUILD / "licences.json"), "desktop/resources")]
    datas += collect_data_files("escpos")  # its capabilities.json has no hook
    datas += collect_data_files("tzdata")
    hidden = [name for package in LATE_IMPORTS[:3] for name in collect_submodules(package)]
    analysis = Analysis(
        [str(ROOT / "desktop" / "__main__.py")],
        pathex=[str(ROOT)],
        datas=datas,
        hiddenimports=[
            *hidden,
            "uvicorn.logging",
            "uvicorn.loops.auto",
            "uvicorn.protocols.http.h11_impl",
            "uvicorn.lifespan.on",
            "sqlalchemy.dialects.sqlite",
        ],
        excludes=list(UNUSED_MODULES),
        optimize=0,  # under -O python-escpos "opens" a printer that is not there
    )
    analysis.binaries = [entry for entry in analysis.binaries if wanted(entry)]
    analysis.datas = [
        entry for entry in analysis.datas if wanted(entry) and not entry[0].endswith((".po", ".py"))
    ]
    program = EXE(
        PYZ(analysis.pure),
        analysis.scripts,
        exclude_binaries=True,
        name="tresen",
        console=True,
        strip=sys.platform == "linux",
    )
    COLLECT(
        program, analysis.binaries, analysis.datas, name="tresen", strip=sys.platform == "linux"
    )


def main() -> int:
    """Collect licences, then build."""
    BUILD.mkdir(exist_ok=True)
    collect = ROOT / "installers" / "licences" / "collect.py"
    subprocess.run([sys.executable, collect, BUILD / "licences.json"], check=True)  # noqa: S603 - ours
    copy = BUILD / "tresen.spec"  # PyInstaller tells a spec by its ending
    shutil.copy(Path(__file__), copy)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += [
        "--distpath",
        str(ROOT / "dist"),
        "--workpath",
        str(BUILD / "pyinstaller"),
        str(copy),
    ]
    # The same bytes from the same sources: fixed time stamps and hash seed.
    steady = {"SOURCE_DATE_EPOCH": "1700000000", "PYTHONHASHSEED": "0", "TRESEN_SOURCE": str(ROOT)}
    return subprocess.run(command, env=os.environ | steady, check=False).returncode  # noqa: S603 - ours


if "SPECPATH" in globals():
    spec()
elif __name__ == "__main__":
    sys.exit(main())
