"""How the doses of a person are numbered on certificates (``dn`` and ``sd``)."""

from __future__ import annotations


def next_dose(dose: int, doses: int) -> tuple[int, int]:
    """The numbers of the dose after ``dose`` of ``doses``, by the German issuing rules.

    ======== ======== =========================================================================
    before   next     because
    ======== ======== =========================================================================
    1/2      2/2      the course goes on; likewise 1/3, 2/3
    1/1      2/1      one dose completed the course: Janssen, or recovered and vaccinated once
    2/1      3/1      every later dose after such a course keeps its ``sd`` of 1
    2/2      3/3      a booster after a completed course counts in both numbers; likewise 4/4 …
    3/2      4/4      a booster by the rules before 2022, which left ``sd`` alone
    ======== ======== =========================================================================

    Source: facts on the counter, "Dose numbering"; facts on the standard, section 2.
    """
    if doses == 1:
        return dose + 1, 1
    if dose < doses:
        return dose + 1, doses
    return dose + 1, dose + 1
