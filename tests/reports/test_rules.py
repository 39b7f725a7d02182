"""Who orders, who reads, who watches the year: each from both sides."""

from __future__ import annotations

import pytest
import rules

from reports.models import ReportOutput, YearEndReport
from tests.ministry import ACCOUNTS
from tests.reports.factories import finished, ordered

ORDER = {"quantri", "vutruong", "htqt"}
READ = ORDER | {"botruong", "thutruong", "kiemtoan"}
WATCH = {"botruong", "thutruong", "vutruong"}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ACCOUNTS)
@pytest.mark.parametrize(
    ("right", "people"), [("reports.order", ORDER), ("reports.read", READ), ("reports.watch_year", WATCH)]
)
def test_a_right_belongs_to_these_people_and_no_others(ministry, right, people, who):
    assert bool(rules.has_perm(right, ministry.person(who))) is (who in people)


@pytest.mark.parametrize("who", ACCOUNTS)
def test_seeing_one_report_and_finding_it_in_the_list_are_the_same(ministry, who):
    report = ordered(ministry)
    user = ministry.person(who)

    assert rules.has_perm("reports.view_report", user, report) is (who in READ)
    assert YearEndReport.objects.visible_to(user).contains(report) is (who in READ)


@pytest.mark.parametrize("who", ["kiemtoan", "chuyenvien"])
def test_the_file_is_for_whoever_reads_the_report(ministry, who):
    output = finished(ministry).pdf

    assert ReportOutput.objects.visible_to(ministry.person(who)).contains(output) is (who in READ)


def test_nobody_without_a_login_has_any_right(ministry):
    from django.contrib.auth.models import AnonymousUser

    for right in ("reports.order", "reports.read", "reports.watch_year"):
        assert not rules.has_perm(right, AnonymousUser())
