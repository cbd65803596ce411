"""``terminal.toml``: what is written is read, and what people wrote beside it stays."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.adapters.settings import TomlSettings
from desktop.core.errors import ErrorCode, SetupError
from desktop.core.settings import Look, Paper, ReceiptPrinter, Settings, Site
from desktop.hcert.uvci import ISSUER_ID
from tests.adapters.modes import is_private

SITE = Site(profile="de", pharmacy="Löwen-Apotheke", issuer_id="APO1")

WRITTEN_BY_A_PERSON = """\
# Counter 2, by the window
language = "en"   # Ms Berger prefers English

[printer]
host = "10.0.0.7"
colour = "red"

[other_program]
key = 1
"""

texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
all_settings = st.builds(
    Settings,
    language=st.sampled_from(["de", "en"]),
    look=st.sampled_from(Look),
    site=st.none()
    | st.builds(
        Site,
        profile=st.from_regex(r"[0-9a-z][0-9a-z-]*", fullmatch=True),
        pharmacy=texts.filter(str.strip),
        issuer_id=st.from_regex(ISSUER_ID, fullmatch=True),
    ),
    centre_url=texts,
    printer=st.builds(
        ReceiptPrinter, host=texts, port=st.integers(1, 65535), paper=st.sampled_from(Paper)
    ),
    scanner_layout=st.sampled_from(["us", "de"]),
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "config" / "terminal.toml"


@pytest.fixture
def file(path):
    return TomlSettings(path)


def write(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_file_that_was_written_with_an_editor_on_windows_is_read_like_any_other(file, path):
    write(path, "\ufeff" + WRITTEN_BY_A_PERSON.replace("\n", "\r\n"))
    assert file.load().language == "en"
    assert file.load().printer.host == "10.0.0.7"


def complaint(act):
    with pytest.raises(SetupError) as caught:
        act()
    return caught.value


def test_without_a_file_everything_has_its_default(file):
    assert file.load() == Settings()


def test_an_empty_file_is_a_valid_file(file, path):
    write(path, "")
    assert file.load() == Settings()


@given(first=all_settings, second=all_settings)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_saved_last_is_loaded(file, first, second):
    file.save(first)
    assert file.load() == first
    file.save(second)
    assert file.load() == second


def test_the_file_is_private(file, path):
    file.save(Settings())
    assert is_private(path)


def test_comments_and_unknown_keys_stay_when_something_is_saved(file, path):
    write(path, WRITTEN_BY_A_PERSON)
    wanted = Settings(language="de", site=SITE, printer=ReceiptPrinter(host="10.0.0.8"))
    file.save(wanted)
    text = path.read_text(encoding="utf-8")
    assert "# Counter 2, by the window" in text
    assert "# Ms Berger prefers English" in text
    assert 'colour = "red"' in text
    assert "[other_program]\nkey = 1" in text
    assert 'host = "10.0.0.8"' in text
    assert file.load() == wanted


def test_saving_what_was_loaded_changes_no_line_that_was_there(file, path):
    write(path, WRITTEN_BY_A_PERSON)
    file.save(file.load())
    text = path.read_text(encoding="utf-8")
    for line in WRITTEN_BY_A_PERSON.splitlines():
        assert line in text


def test_a_pharmacy_can_be_taken_out_again(file):
    file.save(Settings(site=SITE))
    file.save(Settings())
    assert file.load().site is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('language = "fr"', "language"),
        ("language = 1", "language"),
        ('look = "pink"', "look"),
        ("centre_url = 1", "centre_url"),
        ('scanner_layout = "fr"', "scanner_layout"),
        ("printer = 1", "printer"),
        ("[printer]\nhost = 1", "printer.host"),
        ("[printer]\nport = 0", "printer.port"),
        ("[printer]\nport = 65536", "printer.port"),
        ("[printer]\nport = true", "printer.port"),
        ('[printer]\nport = "9100"', "printer.port"),
        ('[printer]\npaper = "A4"', "printer.paper"),
        ("site = []", "site"),
        ("[site]", "site.profile"),
        ('[site]\nprofile = "../de"', "site.profile"),
        ('[site]\nprofile = "de"', "site.pharmacy"),
        ('[site]\nprofile = "de"\npharmacy = " "', "site.pharmacy"),
        ('[site]\nprofile = "de"\npharmacy = "A"\nissuer_id = "a b"', "site.issuer_id"),
    ],
)
def test_a_value_that_cannot_be_is_named(file, path, text, key):
    write(path, text)
    error = complaint(file.load)
    assert error.code is ErrorCode.SETTINGS_BROKEN
    assert error.facts == {"key": key}


def test_what_is_not_toml_is_named_by_its_line_and_not_overwritten(file, path):
    write(path, 'language = "de"\nlook == "dark"\n')
    for act in (file.load, lambda: file.save(Settings())):
        error = complaint(act)
        assert error.code is ErrorCode.SETTINGS_BROKEN
        assert error.facts == {"key": "line 2"}
    assert "look ==" in path.read_text(encoding="utf-8")


def test_what_is_not_text_is_refused(file, path):
    write(path, "")
    path.write_bytes(b"language = '\xff'")
    assert complaint(file.load).code is ErrorCode.SETTINGS_BROKEN


def test_a_folder_in_its_place_is_refused(file, path):
    path.mkdir(parents=True)
    assert complaint(file.load).code is ErrorCode.SETTINGS_BROKEN


def test_a_place_that_cannot_be_written_is_named_as_that(tmp_path):
    (tmp_path / "config").write_bytes(b"")
    file = TomlSettings(tmp_path / "config" / "terminal.toml")
    assert complaint(lambda: file.save(Settings())).code is ErrorCode.FILE_UNWRITABLE
