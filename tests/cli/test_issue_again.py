"""A bulk file that is run once more: what was issued before is never issued anew."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta

from desktop.adapters.words import Catalogue
from desktop.app import StartOptions, assemble
from desktop.cli.issue import _Bulk
from desktop.core.status import Realm

LINE = (
    b'{"given_name":"Erika","family_name":"Muster","birth_date":"1964","product":"EU/1/20/1528",'
    b'"dose":1,"doses":2,"date":"2021-06-01","attempt":"list-7:1"}'
)


def test_a_line_whose_certificate_was_erased_is_refused_and_the_next_one_goes_on(tmp_path, capsys):
    with closing(assemble(StartOptions(realm=Realm.TRAINING, data_dir=tmp_path))) as terminal:
        terminal.enrolling.ensure()
        bulk = _Bulk(terminal, Catalogue("en"), None, None)
        assert bulk.answer(1, LINE)
        later = terminal.clock.now() + timedelta(days=3)
        terminal.issuing._store.erase_due(later, later)
        assert not bulk.answer(2, LINE)
        assert bulk.answer(3, LINE.replace(b"list-7:1", b"list-7:2"))
    first, again, other = map(json.loads, capsys.readouterr().out.splitlines())
    assert [each["code"] for each in again["problems"]] == ["attempt_erased"]
    assert "hc1" not in again
    assert first["uvci"] != other["uvci"]
