"""The call to the units, the part of each, what all confirm as nothing, and what the report takes over."""

from __future__ import annotations

import datetime as dt

import pytest

from intlcoop.notifications.models import Notice
from intlcoop.workflow import engine
from intlcoop.workflow.models import Case
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from reports.models import Confirmation, PartText, ReportCall, UnitPart
from reports.notifications import parts_due
from reports.queries.unit_parts import confirmed_in, part_rows, texts_for
from reports.services import call_units, freeze, move_due_day, remind_units, scope_of, units_to_ask, write_part
from tests.reports.factories import ordered

pytestmark = pytest.mark.django_db
SOON = dt.date.today() + dt.timedelta(days=10)


def called(ministry, units=("CSDP",), **values):
    asked = [ministry.unit(code) for code in units]
    return call_units(2026, "calendar", SOON, units=asked, actor=ministry.htqt, **values)


@pytest.fixture
def part(ministry):
    return called(ministry).parts.select_related("case", "unit", "call").get()


def again(part):
    return UnitPart.objects.select_related("case", "unit", "call").get(pk=part.pk)


def sent(part, ministry, texts=None, nothing=()):
    write_part(again(part), texts or {}, nothing, actor=ministry.chuyenvien)
    engine.fire(again(part).case, "send", actor=ministry.lanhdaodonvi)
    return again(part)


def test_each_unit_gets_a_file_and_its_head_is_told(ministry):
    call = called(ministry, units=("CSDP", "KHTC"))

    assert {part.unit.code for part in call.parts.all()} == {"CSDP", "KHTC"}
    assert all(part.case.state == "requested" for part in call.parts.select_related("case"))
    assert Notice.objects.filter(recipient=ministry.lanhdaodonvi, url=call.get_absolute_url()).exists()
    assert not Notice.objects.filter(recipient=ministry.chuyenvien).exists()


def test_the_department_itself_is_not_asked(ministry):
    assert "HTQT" not in {unit.code for unit in units_to_ask()}


@pytest.mark.parametrize("who", ["chuyenvien", "quantri", "kiemtoan", "botruong"])
def test_only_the_department_asks(ministry, who):
    with pytest.raises(NotAllowed):
        call_units(2026, "calendar", SOON, units=[ministry.unit("CSDP")], actor=ministry.person(who))
    assert not Case.objects.filter(kind="unit_part").exists()


@pytest.mark.parametrize("wrong", [{"due_on": dt.date(2020, 1, 1)}, {"units": []}, {"year": 1999}])
def test_a_call_that_cannot_be_is_refused_and_nothing_is_kept(ministry, wrong):
    values = {"year": 2026, "window": "calendar", "due_on": SOON, "units": [ministry.unit("CSDP")]} | wrong

    with pytest.raises(Refused):
        call_units(**values, actor=ministry.htqt)
    assert not ReportCall.objects.exists()


def test_the_same_period_is_asked_once(ministry):
    called(ministry)

    with pytest.raises(Refused):
        called(ministry)
    assert UnitPart.objects.count() == 1


def test_the_way_of_a_part(ministry, part):
    found = sent(part, ministry, {"outbound": "Đơn vị tổ chức 02 đoàn khảo sát."})
    assert found.case.state == "submitted"

    engine.fire(found.case, "give_back", actor=ministry.htqt, comment="Nêu rõ nước đến.")
    found = sent(part, ministry, {"outbound": "Đơn vị tổ chức 02 đoàn khảo sát tại Lào."})
    engine.fire(found.case, "accept", actor=ministry.htqt)

    assert again(part).case.state == "accepted"
    report = ordered(ministry)
    assert [text.text for text in texts_for(report, "outbound")] == ["Đơn vị tổ chức 02 đoàn khảo sát tại Lào."]


def test_who_writes_sends_and_accepts(ministry, part):
    with pytest.raises(NotAllowed):
        write_part(again(part), {"work": "Lời"}, [], actor=ministry.htqt)
    with pytest.raises(NotAllowed):
        write_part(again(part), {"work": "Lời"}, [], actor=ministry.truonghoc)
    write_part(again(part), {"work": "Lời"}, [], actor=ministry.chuyenvien)
    with pytest.raises(NotAllowed):
        engine.fire(again(part).case, "send", actor=ministry.chuyenvien)
    with pytest.raises(NotAllowed):
        engine.fire(again(part).case, "send", actor=ministry.htqt)
    engine.fire(again(part).case, "send", actor=ministry.lanhdaodonvi)
    with pytest.raises(NotAllowed):
        engine.fire(again(part).case, "accept", actor=ministry.lanhdaodonvi)
    with pytest.raises(NotAllowed):
        write_part(again(part), {"work": "Sửa sau khi gửi"}, [], actor=ministry.chuyenvien)
    assert PartText.objects.get().text == "Lời"


def test_an_empty_part_is_not_sent_and_an_old_page_does_not_overwrite(ministry, part):
    with pytest.raises(Refused):
        engine.fire(again(part).case, "send", actor=ministry.lanhdaodonvi)
    seen = again(part).case.version
    write_part(again(part), {"work": "Một"}, [], actor=ministry.chuyenvien, expected_version=seen)
    with pytest.raises(Conflict):
        write_part(again(part), {"work": "Hai"}, [], actor=ministry.lanhdaodonvi, expected_version=seen)


def test_nothing_counts_only_when_every_unit_says_so_in_an_accepted_part(ministry):
    call = called(ministry, units=("CSDP", "KHTC"))
    scope = scope_of(ordered(ministry))
    first, second = call.parts.select_related("case").order_by("unit__code")
    Confirmation.objects.create(part=first, key="inbound.total")
    Confirmation.objects.create(part=second, key="inbound.total")
    assert confirmed_in(scope) == frozenset()
    Case.objects.filter(pk=first.case_id).update(state="accepted")
    assert confirmed_in(scope) == frozenset()
    Case.objects.filter(pk=second.case_id).update(state="accepted")

    assert confirmed_in(scope) == {"inbound.total"}


def test_the_report_says_nothing_where_all_confirm_it_and_counts_the_parts(ministry, part):
    found = sent(part, ministry, nothing=["inbound.total"])
    engine.fire(found.case, "accept", actor=ministry.htqt)

    figures = freeze(ordered(ministry)).figures["figures"]

    assert figures["inbound.total"]["value"] == 0
    assert "outbound.total" not in figures
    assert (figures["unit_reports.asked"]["value"], figures["unit_reports.received"]["value"]) == (1, 1)


def test_a_unit_that_never_sent_is_a_row_without_a_part(ministry, part):
    [row] = part_rows(scope_of(ordered(ministry)))

    assert (row["number"], row["received"], row["unit"]["code"]) == (part.case.number, False, "CSDP")


def test_reminders_once_a_day_and_in_the_morning(ministry, part):
    assert remind_units(part.call, actor=ministry.htqt) >= 1
    assert remind_units(part.call, actor=ministry.htqt) == 0
    assert [reminder.person for reminder in parts_due(part.call.due_on)] == [ministry.lanhdaodonvi]
    assert list(parts_due(part.call.due_on - dt.timedelta(days=60))) == []
    late = {reminder.section for reminder in parts_due(part.call.due_on + dt.timedelta(days=40))}
    assert "overdue" in late
    sent(part, ministry, {"work": "Lời"})
    assert list(parts_due(part.call.due_on)) == []
    with pytest.raises(Refused):
        remind_units(part.call, actor=ministry.htqt)


def test_more_time_is_given_by_the_department(ministry, part):
    later = SOON + dt.timedelta(days=5)
    assert move_due_day(part.call, later, actor=ministry.htqt).due_on == later
    with pytest.raises(NotAllowed):
        move_due_day(part.call, later, actor=ministry.chuyenvien)


# --- pages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "calls", "call", "part_page", "edit", "new"),
    [
        ("htqt", 200, 200, 200, 403, 200),
        ("chuyenvien", 200, 200, 200, 200, 403),
        ("truonghoc", 200, 404, 404, 404, 403),
        ("kiemtoan", 200, 200, 200, 403, 403),
    ],
)
def test_who_opens_which_page(client, ministry, part, who, calls, call, part_page, edit, new):
    client.force_login(ministry.person(who))
    base = f"/bao-cao/phan/{part.case.number}/"
    addresses = ("/bao-cao/dot/", part.call.get_absolute_url(), base, f"{base}sua/", "/bao-cao/dot/moi/")

    assert [client.get(url).status_code for url in addresses] == [calls, call, part_page, edit, new]


def test_a_unit_writes_on_the_page_and_others_do_not_read_it_before_it_is_sent(client, ministry, part):
    client.force_login(ministry.chuyenvien)
    url = f"/bao-cao/phan/{part.case.number}/sua/"
    values = {"outbound": "<script>x</script>", "nothing": ["inbound.total"], "version": part.case.version}

    assert client.post(url, values).status_code == 302
    page = client.get(part.get_absolute_url()).text
    assert "&lt;script&gt;x" in page
    assert client.post(url, {"nothing": ["khong-co"]}).status_code == 200
    assert client.post(url, {"outbound": "x" * 5001}).status_code == 200
    client.force_login(ministry.htqt)
    assert "&lt;script&gt;x" not in client.get(part.call.get_absolute_url()).text
    assert "&lt;script&gt;x" not in client.get(part.get_absolute_url()).text


def test_the_department_asks_on_the_page(client, ministry):
    client.force_login(ministry.htqt)
    values = {"year": "2026", "window": "calendar", "due_on": f"{SOON:%d/%m/%Y}", "units": [ministry.unit("CSDP").pk]}

    assert client.post("/bao-cao/dot/moi/", values).status_code == 302
    assert client.post("/bao-cao/dot/moi/", values).status_code == 200
    call = ReportCall.objects.get()
    assert client.post(f"{call.get_absolute_url()}nhac/").status_code == 302


def test_more_units_cost_no_more_queries(client, ministry, django_assert_num_queries):
    call = called(ministry, units=("CSDP", "KHTC", "TCCB"))
    client.force_login(ministry.htqt)
    client.get(call.get_absolute_url())
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as many:
        client.get(call.get_absolute_url())
    Case.objects.filter(unit_part__unit__code="TCCB").update(state="accepted")
    with django_assert_num_queries(len(many)):
        client.get(call.get_absolute_url())
