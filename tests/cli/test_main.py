from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import __version__
from desktop.cli.main import SUMMARIES
from tests.cli.program import PROGRAM, Done, environment, run

ROOT = Path(__file__).resolve().parents[2]


def test_the_version_is_said_at_once():
    done = run("--version")
    assert (done.code, done.out) == (0, f"tresen {__version__}\n")


@pytest.mark.parametrize(("language", "word"), [("de", "Befehle"), ("en", "Commands")])
def test_the_help_names_every_command_in_the_language_that_was_asked_for(language, word):
    done = run("--help", "--language", language)
    assert done.code == 0
    assert word in done.out
    assert all(f"  {name} " in done.out for name in SUMMARIES)


@pytest.mark.parametrize("command", sorted(SUMMARIES.keys() - {"window"}))
@pytest.mark.parametrize(("language", "word"), [("de", "Aufruf: "), ("en", "Usage: ")])
def test_every_command_explains_itself(command, language, word):
    done = run(command, "--help", "--language", language)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"{word}tresen {command}")
    assert "--training" in done.out
    assert "options:" not in done.out
    assert "show this help" not in done.out


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["frobnicate"], "frobnicate"),
        (["issue"], ""),
        (["issue", "-", "--frob"], "--frob"),
        (["issue", "-", "--png"], "--png"),
        (["issue", "-", "--language", "fr"], "--language"),
        (["issue", "-", "--data-dir"], "--data-dir"),
        (["issue", "-", "--training=yes"], "--training"),
        (["issue", "-", "more"], "more"),
        (["outbox", "more"], "more"),
        (["two\nlines"], "two lines"),
    ],
)
def test_a_command_line_that_cannot_be_understood_gets_one_sentence_and_exit_code_2(words, named):
    done = run(*words)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("tresen: ")
    assert done.err.count("\n") == 1
    assert named in done.err


@pytest.mark.parametrize(
    ("variables", "word"),
    [
        ({"LANG": "de_AT.UTF-8"}, "gibt es nicht"),
        ({"LANG": "fr_FR.UTF-8"}, "There is no"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "There is no"),
    ],
)
def test_without_settings_the_accounts_locale_decides_the_language(tmp_path, variables, word):
    done = run("frob", "--data-dir", str(tmp_path), **variables)
    assert word in done.err


def test_the_settings_decide_the_language_before_the_locale(tmp_path):
    (tmp_path / "terminal.toml").write_text('language = "de"\n')
    told = [
        run("frob", "--data-dir", str(tmp_path), *more, LANG="en_GB.UTF-8").err
        for more in ([], ["--language", "en"])
    ]
    assert "gibt es nicht" in told[0]
    assert "There is no" in told[1]


def test_broken_settings_are_said_in_one_sentence(tmp_path):
    (tmp_path / "terminal.toml").write_text('language = "de"\nlook = "pink"\n')
    done = run("outbox", "--data-dir", str(tmp_path))
    assert (done.code, done.out) == (78, "")
    assert "look" in done.err
    assert "terminal.toml" in done.err
    assert done.err.count("\n") == 1


def test_a_terminal_that_is_not_set_up_says_so(tmp_path):
    done = run("outbox", "--data-dir", str(tmp_path))
    assert (done.code, done.out) == (78, "")
    assert "setup.missing" in done.err


@pytest.mark.parametrize("name", ["", "x" * 300])
def test_a_name_that_no_folder_can_have_is_one_sentence(name):
    done = run("outbox", "--training", "--data-dir", name)
    assert done.code in {2, 73, 78}
    assert done.out == ""
    assert done.err.startswith("tresen: ")
    assert done.err.count("\n") == 1


def shell(script: str, *words: str) -> Done:
    """Run the program as a shell script does that closes streams or folders before."""
    done = subprocess.run(
        ["sh", "-c", script, "sh", *PROGRAM, *words],
        env=environment(PYTHONPATH=str(ROOT)),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.mark.skipif(os.name != "posix", reason="POSIX shells")
@pytest.mark.parametrize(
    ("closed", "words", "code"),
    [
        ("<&-", ["verify"], 2),
        (">&-", ["--version"], 73),
        ("2>&-", ["frob"], 2),
        pytest.param(
            "2>/dev/full",
            ["frob"],
            2,
            marks=pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full"),
        ),
        ("<&- >&- 2>&-", ["verify"], 2),
    ],
)
def test_a_stream_that_is_closed_or_full_is_no_fault_of_ours(closed, words, code):
    done = shell(f'exec "$@" {closed}', *words)
    assert (done.code, done.out) == (code, "")
    assert done.err.count("\n") <= 1


@pytest.mark.skipif(os.name != "posix", reason="only POSIX lets a current folder go")
def test_a_current_folder_that_has_gone_is_one_sentence(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    done = shell(f'cd "{gone}"; rmdir "{gone}"; exec "$@"', "outbox", "--data-dir", "here")
    assert (done.code, done.out) == (2, "")
    assert "--data-dir" in done.err
    assert done.err.count("\n") == 1


INTERRUPTED = """
import sys
class Interrupt:
    def find_spec(self, name, path, target=None):
        if name == "desktop.cli.main":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupt())
from desktop.__main__ import main
sys.exit(main())
"""


def test_an_interrupt_while_the_program_is_still_loading_makes_no_noise():
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED], capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


FAULTY = """
import sys, types
faulty = types.ModuleType("desktop.cli.selftest")
faulty.arguments = lambda parser, words: None
def run(invocation):
    names = {"Erika": 1}
    raise ValueError("Erika Müstermann", names["Erika"])
faulty.run = run
sys.modules["desktop.cli.selftest"] = faulty
from desktop.cli.main import main
sys.exit(main(["selftest", "--data-dir", sys.argv[1]]))
"""


def test_a_fault_of_ours_becomes_a_number_and_no_data_leave_the_program(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", FAULTY, str(tmp_path)],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (70, "")
    assert done.stderr.count("\n") == 1
    (log,) = (tmp_path / "log").iterdir()
    written = log.read_text(encoding="utf-8")
    reference = json.loads(written.splitlines()[-1])["with"][0]
    assert reference in done.stderr
    assert "Erika" not in written + done.stderr


WITHOUT_QT = """
import sys
from desktop.cli.main import main
code = main(["selftest", "--training", "--data-dir", sys.argv[1]])
loaded = sorted(name for name in sys.modules if name.split(".")[0] in {"PySide6", "shiboken6"})
sys.exit(f"loaded: {loaded}" if loaded or code else 0)
"""


def test_the_command_line_never_loads_qt(desk):
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT, str(desk.data)],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
