"""The English edition as a page: the same readers, the same figures, a constant number of queries."""

from __future__ import annotations

import datetime as dt

import pytest

from reports.services import freeze
from tests.reports.factories import ordered, past_trip

pytestmark = pytest.mark.django_db


def frozen(ministry, trips):
    for number in range(trips):
        past_trip(ministry, f"Đoàn số {number}", countries=("LA",), departs=dt.date(2022, 5, 1))
    report = ordered(ministry, 2022)
    freeze(report)
    return report


@pytest.mark.parametrize("trips", [1, 3])
def test_it_tells_the_same_figures_in_english(client, ministry, django_assert_max_num_queries, trips):
    report = frozen(ministry, trips)
    client.force_login(ministry.kiemtoan)
    with django_assert_max_num_queries(17):
        page = client.get(f"/bao-cao/{report.case.number}/tieng-anh/")

    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert f">{trips} delegation" in page.text
    assert "Laos" in page.text


def test_it_is_there_for_readers_and_once_there_are_figures(client, ministry):
    report = ordered(ministry, 2022)
    client.force_login(ministry.kiemtoan)
    assert client.get(f"/bao-cao/{report.case.number}/tieng-anh/").status_code == 404
    freeze(report)
    client.force_login(ministry.chuyenvien)
    assert client.get(f"/bao-cao/{report.case.number}/tieng-anh/").status_code == 404
