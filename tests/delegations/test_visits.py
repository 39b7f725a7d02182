"""The life of a visit: who decides by whom receives, what follows, what the calendar does, what reopens an agreement."""

from __future__ import annotations

import pytest

from delegations.visit_choices import InboundState as S
from intlcoop.workflow.models import Step
from intlcoop.workflow.refusals import Refused
from tests.delegations import visiting as v

pytestmark = pytest.mark.django_db


def offices(visit) -> list[str]:
    return list(Step.objects.filter(case=visit.case_id).order_by("position").values_list("office", flat=True))


@pytest.mark.parametrize(
    ("filer", "unit", "host", "form", "expected"),
    [
        ("htqt", "HTQT", "botruong", "full", ["icd_head", "minister"]),
        ("htqt", "HTQT", "thutruong", "full", ["icd_head", "deputy_minister"]),
        ("chuyenvien", "CSDP", "thutruong", "full", ["unit_head", "icd_officer", "icd_head", "deputy_minister"]),
        ("chuyenvien", "CSDP", "botruong", "short", ["unit_head", "icd_head", "minister"]),
        ("chuyenvien", "CSDP", "lanhdaodonvi", "short", ["icd_officer", "unit_head"]),
        ("htqt", "HTQT", "vutruong", "short", ["icd_head"]),
    ],
)
def test_whoever_receives_decides_through_the_department(ministry, filer, unit, host, form, expected):
    make = v.full if form == "full" else v.short
    visit = v.submit(make(ministry, filer=filer, unit=unit, host=host), ministry)
    assert offices(visit) == expected


def test_a_visit_from_the_request_to_the_end(ministry):
    visit = v.accepted(v.full(ministry), ministry)
    assert visit.case.state == S.ACCEPTED
    visit = v.fire(visit, "prepare", ministry.htqt)
    with pytest.raises(Refused):
        v.fire(visit, "receive", ministry.htqt)
    assert visit.case.state == S.PREPARING
