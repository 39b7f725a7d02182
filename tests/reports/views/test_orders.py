"""The order form and its answers."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from reports.models import YearEndReport
from tests.reports.factories import fresh, ordered

pytestmark = pytest.mark.django_db
URL = "/bao-cao/lap/"
GOOD = {"year": "2026", "window": "calendar", "as_of": "", "first_day": "", "last_day": ""}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC), tick=True):
        yield


def order(client, user, **changes):
    client.force_login(user)
    return client.post(URL, GOOD | changes)


def test_the_form_offers_this_year(client, ministry):
    client.force_login(ministry.quantri)

    assert 'value="2026"' in client.get(URL).text


@pytest.mark.parametrize("who", ["quantri", "vutruong", "htqt"])
def test_an_order_leads_to_the_report_at_once(client, ministry, who):
    response = order(client, ministry.person(who))

    assert response.status_code == 302
    assert response.url == "/bao-cao/BC-2026-0001/"


@pytest.mark.parametrize("who", ["kiemtoan", "botruong", "thutruong"])
def test_who_only_reads_orders_nothing(client, ministry, who):
    assert order(client, ministry.person(who)).status_code == 403
    assert client.get(URL).status_code == 403
    assert not YearEndReport.objects.exists()


def test_a_double_click_orders_one_report(client, ministry):
    assert order(client, ministry.quantri).url == order(client, ministry.quantri).url
    assert YearEndReport.objects.count() == 1


def test_days_are_typed_as_they_are_written(client, ministry):
    order(client, ministry.quantri, window="custom", first_day="1/2/2026", last_day="30-06-2026", as_of="2026-05-31")
    report = YearEndReport.objects.get()

    assert (report.first_day, report.last_day, report.as_of) == (
        dt.date(2026, 2, 1),
        dt.date(2026, 6, 30),
        dt.date(2026, 5, 31),
    )


def test_a_quarter_is_ordered_and_events_count_in_the_year_that_the_law_asks(client, ministry):
    order(client, ministry.quantri, window="q3", window_event="statutory", window_agreement="")
    report = YearEndReport.objects.get()

    assert (report.first_day, report.last_day) == (dt.date(2026, 6, 15), dt.date(2026, 9, 14))
    assert report.own_windows == {"event": "statutory"}
    assert report.case.title == "Kết quả công tác hợp tác quốc tế quý III năm 2026"


def test_a_part_that_counts_as_the_rest_has_no_window_of_its_own(client, ministry):
    first = order(client, ministry.quantri, window_event="calendar").url

    assert YearEndReport.objects.get().own_windows == {}
    assert order(client, ministry.quantri).url == first, "it is the same order"
    assert order(client, ministry.quantri, window_event="statutory").url != first


def test_days_of_ones_own_are_dropped_for_another_window(client, ministry):
    order(client, ministry.quantri, first_day="01/02/2026", last_day="01/03/2026")

    assert YearEndReport.objects.get().first_day == dt.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"year": ""}, "year"),
        ({"year": "hai nghìn"}, "year"),
        ({"year": "1999"}, "year"),
        ({"year": "99999999999999999999"}, "year"),
        ({"window": "moon"}, "window"),
        ({"window_event": "moon"}, "window_event"),
        ({"window": "custom"}, "first_day"),
        ({"window": "custom", "first_day": "31/02/2026", "last_day": "01/03/2026"}, "first_day"),
        ({"as_of": "hôm qua"}, "as_of"),
        ({"year": "2030"}, None),
        ({"as_of": "31/12/2026"}, None),
        ({"window": "custom", "first_day": "02/03/2026", "last_day": "01/03/2026"}, None),
    ],
)
def test_a_wrong_order_keeps_what_was_typed_and_says_what_is_wrong(client, ministry, changes, field):
    response = order(client, ministry.quantri, **changes)
    form = response.context["form"]

    assert response.status_code == 200
    assert field is None or field in form.errors
    assert form.errors
    assert not YearEndReport.objects.exists()


@pytest.mark.parametrize(("path", "state"), [("huy", "cancelled"), ("lap-lai", "ordered")])
def test_an_order_is_cancelled_and_taken_up_again(client, ministry, path, state):
    report = ordered(ministry, by="htqt")
    client.force_login(ministry.htqt)
    client.post("/bao-cao/BC-2026-0001/huy/")
    response = client.post(f"/bao-cao/BC-2026-0001/{path}/")

    assert response.url == "/bao-cao/BC-2026-0001/"
    assert fresh(report).job.state == {"cancelled": "cancelled", "ordered": "queued"}[state]


@pytest.mark.parametrize("path", ["huy", "lap-lai"])
def test_somebody_elses_order_is_theirs(client, ministry, path):
    ordered(ministry, by="htqt")
    client.force_login(ministry.vutruong)
    assert client.post(f"/bao-cao/BC-2026-0001/{path}/").status_code == 403
    client.force_login(ministry.chuyenvien)
    assert client.post(f"/bao-cao/BC-2026-0001/{path}/").status_code == 404


@pytest.mark.parametrize("path", ["huy", "lap-lai"])
def test_nothing_is_changed_by_looking(client, ministry, path):
    ordered(ministry)
    client.force_login(ministry.quantri)

    assert client.get(f"/bao-cao/BC-2026-0001/{path}/").status_code == 405
