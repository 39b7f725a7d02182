"""The pages of the checklists, by clicking."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from delegations.models import OutboundDelegation, PreparationItem, PreparationTask
from delegations.registers import import_outbound
from intlcoop.workflow.models import Case
from tests.delegations.factories import submit, trip
from tests.delegations.registers.sheets import row, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(ministry):
    found = trip(ministry)
    submit(found, ministry)
    return OutboundDelegation.objects.select_related("case").get(pk=found.pk)


def page(made, item="", act=""):
    base = f"/doan-ra/{made.case.number}/chuan-bi/"
    return base + (f"{item}/" if item else "") + (f"{act}/" if act else "")


def test_a_task_is_ticked_with_one_press(go, made, ministry):
    client = go("chuyenvien")
    text = client.get(page(made)).content.decode()
    assert page(made, "gifts", "xong") in text
    client.post(page(made, "gifts", "xong"))
    assert PreparationItem.objects.get().done_by == ministry.chuyenvien
    assert page(made, "gifts", "xong") not in client.get(page(made)).content.decode()


def test_a_passport_is_written_down_and_flagged_when_it_ends_too_soon(go, made, ministry):
    item = f"passport__p-{ministry.chuyenvien2.pk}"
    client = go("htqt")
    assert client.post(page(made, item, "xong")).url == page(made, item)
    ends = made.departs_on + dt.timedelta(days=30)
    data = {"state": "done", "passport_kind": "official", "passport_expires_on": f"{ends:%d/%m/%Y}", "seen": "-"}
    assert client.post(page(made, item), data).status_code == 302
    for url in (page(made), made.get_absolute_url()):
        assert f"{ends:%d/%m/%Y}" in client.get(url).content.decode()
    # Somebody who only reads sees that it was written down, not until when the passport is valid.
    reader = go("vutruong.khtc").get(page(made)).content.decode()
    assert f"{ends:%d/%m/%Y}" not in reader
    trip_page = go("vutruong.khtc").get(made.get_absolute_url()).content.decode()
    assert f"{ends:%d/%m/%Y}" not in trip_page
    assert f"{ends:%d/%m/%Y}" in go("chuyenvien2").get(page(made)).content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {"state": "done"},
        {"state": "done", "passport_kind": "official", "passport_expires_on": "31/02/2030"},
        {"state": "done", "passport_kind": "x", "passport_expires_on": "01/01/2030"},
        {"state": "not_needed"},
        {"state": "nonsense"},
        {"state": "done", "passport_kind": "official", "passport_expires_on": "01/01/2030", "note": "B1234567"},
        {"state": "done", "passport_kind": "official", "passport_expires_on": "01/01/2030", "owner": "999999"},
        {"state": "done", "passport_kind": "official", "passport_expires_on": "01/01/2030", "done_on": "01/01/2099"},
        {},
    ],
)
def test_bad_input_keeps_what_was_typed_and_saves_nothing(go, made, ministry, data):
    item = f"passport__p-{ministry.chuyenvien2.pk}"
    answer = go("htqt").post(page(made, item), {**data, "seen": "-"})
    assert answer.status_code == 200
    assert not PreparationItem.objects.exists()
    for name in ("passport_expires_on", "note"):
        if data.get(name):
            assert data[name] in answer.content.decode()


def test_an_old_form_does_not_overwrite_what_somebody_else_wrote(go, made):
    client = go("htqt")
    client.post(page(made, "gifts", "xong"))
    assert client.post(page(made, "gifts"), {"state": "open", "seen": "-"}).status_code == 409


@pytest.mark.parametrize("name", ["vutruong.khtc", "kiemtoan", "quantri"])
def test_who_only_reads_gets_no_buttons_and_no_way_in(go, made, name):
    client = go(name)
    text = client.get(page(made))
    if text.status_code == 404:
        return
    assert page(made, "gifts") not in text.content.decode()
    assert client.get(page(made, "gifts")).status_code == 403
    assert client.post(page(made, "gifts"), {"state": "done"}).status_code == 403
    assert client.post(page(made, "gifts", "xong")).status_code == 403
    assert not PreparationItem.objects.exists()


def test_strangers_and_unknown_tasks_find_nothing(go, made):
    assert go("truonghoc").get(page(made)).status_code == 404
    client = go("htqt")
    for item in ("nonsense", "visa__c-zz", "passport__p-1", "gifts__c-th"):
        assert client.get(page(made, item)).status_code == 404
        assert client.post(page(made, item, "xong")).status_code == 404


def test_an_imported_trip_has_no_checklist_but_shows_its_line(go, ministry):
    import_outbound(workbook([row(1)]), dry_run=False, actor=ministry.htqt, source="so.xlsx")
    found = OutboundDelegation.objects.get()
    client = go("htqt")
    text = client.get(found.get_absolute_url()).content.decode()
    assert "345/QĐ-BDP ngày 20/3/2022" in text
    assert page(found) not in text
    assert client.get(page(found)).status_code == 404


def test_the_page_costs_the_same_for_one_and_for_three_countries(go, made, django_assert_num_queries):
    from delegations.models import ItineraryLeg
    from intlcoop.catalogues.models import Country

    client = go("htqt")
    client.get(page(made))
    with django_assert_num_queries(18):
        client.get(page(made))
    for iso2 in ("LA", "KH"):
        ItineraryLeg.objects.create(delegation=made, country=Country.objects.get(iso2=iso2))
    with django_assert_num_queries(18):
        client.get(page(made))


@pytest.mark.parametrize(("state", "warns"), [("in_approval", True), ("cancelled", False), ("postponed", False)])
def test_nothing_is_late_on_a_trip_that_stays_at_home(go, made, state, warns):
    soon = timezone.localdate() + dt.timedelta(days=1)
    OutboundDelegation.objects.filter(pk=made.pk).update(departs_on=soon, returns_on=soon)
    Case.objects.filter(pk=made.case_id).update(state=state)
    text = go("chuyenvien").get(made.get_absolute_url()).content.decode()
    section = text[text.index('id="chuan-bi"') :].split("</section>")[0]
    assert ("quá hạn" in section) is warns


def test_the_tasks_are_changed_from_a_day_on(go, ministry):
    task = PreparationTask.objects.get(code="gifts")
    client = go("vutruong")
    url = reverse("delegations:preparation_task_change", args=[task.pk])
    assert client.get(url).status_code == 200
    from_day = timezone.localdate() + dt.timedelta(days=30)
    data = {
        "valid_from": f"{from_day:%d/%m/%Y}", "checklist": "protocol", "position": 70, "name_vi": "Tặng phẩm", "name_en": "Gifts",
        "prepared_for": "trip", "condition": "", "particulars": "", "anchor": "departure", "working_days": 8,
        "citation": "Quy chế của Bộ", "change_reason": "Theo quy chế mới",
    }  # fmt: skip
    assert client.post(url, data | {"change_reason": ""}).status_code == 200
    assert client.post(url, data | {"valid_from": "01/01/2019"}).status_code == 200
    assert PreparationTask.objects.filter(code="gifts").count() == 1
    assert client.post(url, data).status_code == 302
    former, new = PreparationTask.objects.filter(code="gifts").order_by("valid_from")
    assert (former.valid_until, former.working_days) == (from_day - dt.timedelta(days=1), 5)
    assert (new.valid_from, new.working_days, new.reason) == (from_day, 8, "Theo quy chế mới")
    listed = client.get(reverse("delegations:preparation_tasks")).content.decode()
    assert "Theo quy chế mới" in listed
    add = {**data, "code": "gifts"}
    assert client.post(reverse("delegations:preparation_task_add"), add).status_code == 200
    assert client.post(reverse("delegations:preparation_task_add"), add | {"code": "car"}).status_code == 302
    end = reverse("delegations:preparation_task_end", args=[PreparationTask.objects.get(code="car").pk])
    assert client.post(end, {"last_day": "31/12/2030", "change_reason": "Thôi"}).status_code == 302
    for name in ("htqt", "chuyenvien"):
        assert go(name).get(url).status_code == 403
        assert go(name).post(end, {"last_day": "31/12/2029", "change_reason": "Thôi"}).status_code == 403
        assert go(name).get(reverse("delegations:preparation_tasks")).status_code == 200
