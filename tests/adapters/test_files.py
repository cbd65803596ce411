"""Files are whole or absent, and private."""

from __future__ import annotations

import os
import sys

import pytest

from desktop.adapters.files import clear_drafts, create_private, private_folder, write_whole
from tests.adapters.modes import is_private


def test_a_written_file_is_private_and_whole(tmp_path):
    file = tmp_path / "file"
    write_whole(file, b"content")
    assert file.read_bytes() == b"content"
    assert is_private(file)
    assert list(tmp_path.iterdir()) == [file]


def test_writing_again_replaces_it(tmp_path):
    file = tmp_path / "file"
    write_whole(file, b"a longer content")
    write_whole(file, b"new")
    assert file.read_bytes() == b"new"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not replace an open file")
def test_who_reads_while_it_is_replaced_reads_the_old_content(tmp_path):
    file = tmp_path / "file"
    write_whole(file, b"old")
    with file.open("rb") as reader:
        write_whole(file, b"new")
        assert reader.read() == b"old"


def test_what_cannot_be_written_leaves_no_draft(tmp_path):
    place = tmp_path / "folder"
    place.mkdir()
    with pytest.raises(OSError, match="directory"):
        write_whole(place, b"content")
    assert list(tmp_path.iterdir()) == [place]


def test_drafts_of_an_interrupted_writing_are_cleared_and_nothing_else(tmp_path):
    for name in (".file.12345678.draft", "file", ".hidden"):
        (tmp_path / name).write_bytes(b"")
    clear_drafts(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".hidden", "file"]


def test_a_private_file_is_made_once(tmp_path):
    file = tmp_path / "file"
    create_private(file)
    file.write_bytes(b"content")
    create_private(file)
    assert file.read_bytes() == b"content"
    assert is_private(file)


def test_a_private_folder_is_made_with_its_parents_whatever_the_mask(tmp_path):
    old = os.umask(0)
    try:
        folder = private_folder(tmp_path / "a" / "b")
    finally:
        os.umask(old)
    assert is_private(folder)
    assert private_folder(folder) == folder
