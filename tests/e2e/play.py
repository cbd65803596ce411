"""Plays the main job on a virtual display, as ``make run`` does where there is no screen.

``python -m tests.e2e.play out``: the centre is away; a certificate is typed by keyboard and issued
with one key, in German and English, light and dark; then the centre comes back and receives each
of them once. Leaves screenshots, a code and a page in the folder.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from tests.e2e.display import VirtualDisplay
from tests.e2e.program import Window, command
from tests.e2e.scenes import Stage, fill

LOOKS = (("de", "light"), ("de", "dark"), ("en", "light"), ("en", "dark"))
PERSON = (
    '{"given_name":"Erika","family_name":"Müstermann-Gößler","birth_date":"1964-08-12",'
    '"product":"EU/1/20/1528","dose":2,"doses":2,"date":"2021-06-01"}\n'
)


def say(line: str) -> None:
    """One line for whoever watches."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def play(display: VirtualDisplay, stage: Stage, out: Path) -> set[str]:
    """One certificate in each language and look; the codes that were on screen."""
    codes: set[str] = set()
    for language, look in LOOKS:
        data = stage.terminal(language, look)
        with Window(display, data) as window:
            fill(window)
            display.save(out / f"issue-{language}-{look}.png")
            window.press("F12")
            codes.add(window.code())
            display.save(out / f"result-{language}-{look}.png")
            stage.centre.start()
            window.confirmed()
            display.save(out / f"confirmed-{language}-{look}.png")
            stage.centre.stop()
        say(f"{language}, {look}: issued while the centre was away, confirmed when it came back")
    return codes


def main(out: Path) -> int:
    """Play, and say where the pictures are."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tresen-") as folder, VirtualDisplay() as display:
        stage = Stage(Path(folder))
        stage.prepare()
        codes = play(display, stage, out)
        arrived = stage.centre.uvcis()
        data = stage.terminal()
        answer = command(
            "issue", "-", "--pdf", str(out), "--png", str(out), data=data, given=PERSON
        )
    (out / "code.txt").write_text(json.loads(answer)["hc1"] + "\n")
    say(f"{len(codes)} certificates on screen, {len(arrived)} at the centre; see {out}/")
    return 0 if len(codes) == len(arrived) == len(set(arrived)) == len(LOOKS) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
