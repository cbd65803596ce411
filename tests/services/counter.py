"""A counter for tests: the services of one terminal around fakes, all of them at hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.core.form import Field
from desktop.core.issuance import Issuance
from desktop.core.paper.content import Letterhead
from desktop.core.status import Realm
from desktop.hcert.valuesets import COVID_19, Entry, Product, ValueSet, ValueSets
from desktop.services.issuing import Issuing
from desktop.services.printing import Printing
from tests.builders import COMIRNATY, a_form, a_profile, a_site
from tests.fakes.chance import SeededChance
from tests.fakes.clock import FixedClock
from tests.fakes.keys import FakeKeys
from tests.fakes.pages import FakePages
from tests.fakes.printer import FakePrinter
from tests.fakes.store import FakeStore
from tests.fakes.words import FakeWords

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.core.form import Form
    from desktop.core.profile import IssuerProfile
    from desktop.hcert.dsc import Dsc


def a_value_set(name: str, entries: Mapping[str, str]) -> ValueSet:
    return ValueSet(name, "2023-01-01", {code: Entry(text, True) for code, text in entries.items()})


def value_sets() -> ValueSets:
    """Two vaccines, one of them no longer used, and two countries."""
    products = (
        Product(COMIRNATY, "Comirnaty", "ORG-100030215", "1119349007", True),
        Product("CVnCoV", "CVnCoV", "ORG-100006270", "1119349007", False),
    )
    return ValueSets(
        products={product.code: product for product in products},
        countries=a_value_set("country-2-codes", {"DE": "Germany", "AT": "Austria"}),
        diseases=a_value_set("disease-agent-targeted", {COVID_19: "COVID-19"}),
        manufacturers=a_value_set("mah", {"ORG-100030215": "Biontech Manufacturing GmbH"}),
        prophylaxis=a_value_set("sct", {"1119349007": "SARS-CoV-2 mRNA vaccine"}),
        test_devices=a_value_set("test-devices", {}),
        test_results=a_value_set("test-results", {}),
        test_types=a_value_set("test-types", {}),
    )


class Counter:
    """Everything that issuing and printing stand on, and the two services themselves."""

    def __init__(
        self,
        *,
        profile: IssuerProfile | None = None,
        realm: Realm = Realm.PRODUCTION,
        keys: FakeKeys | None = None,
        store: FakeStore | None = None,
        pages: FakePages | None = None,
    ) -> None:
        self.store = store or FakeStore()
        self.keys = FakeKeys.enrolled() if keys is None else keys
        self.clock = FixedClock()
        self.chance = SeededChance()
        self.profile = profile or a_profile()
        self.value_sets = value_sets()
        self.realm = realm
        self.paper = FakePrinter()
        self.printer: FakePrinter | None = self.paper
        self.pages = pages or FakePages()
        self.issuing = Issuing(
            store=self.store,
            keys=self.keys,
            clock=self.clock,
            chance=self.chance,
            profile=self.profile,
            value_sets=self.value_sets,
            site=a_site(),
            realm=realm,
        )
        self.printing = Printing(
            store=self.store,
            printer=lambda: self.printer,
            pages=self.pages,
            letterhead=Letterhead(
                issuer_name=self.profile.issuer_in(realm),
                pharmacy=a_site().pharmacy,
                profile=self.profile,
                value_sets=self.value_sets,
                words=FakeWords(),
                realm=realm,
            ),
        )

    @property
    def dsc(self) -> Dsc:
        """The certificate of the signing key, of an enrolled terminal."""
        dsc = self.keys.dsc
        assert dsc is not None
        return dsc

    def filled(self, **texts: str) -> Form:
        """A good form, begun as staff begin one; keyword arguments replace single texts."""
        form = replace(a_form(**texts), attempt_id=self.issuing.begin().attempt_id)
        return form if form.country else form.with_text(Field.COUNTRY, "DE")

    def issued(self, form: Form | None = None) -> Issuance:
        """A certificate of this counter."""
        issuance = self.issuing.issue(form or self.filled())
        assert isinstance(issuance, Issuance)
        return issuance

    def kept(self, issuance: Issuance) -> Issuance:
        """The same certificate, as the store remembers it now."""
        found = self.store.issuance(issuance.event_id)
        assert found is not None
        return found
