"""Schemes and programmes: who keeps the list, what serves them under whose rights, and that a used one stays."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.choices import ProgrammeKind
from agreements.models import Programme
from agreements.services.programmes import delete_programme, save_programme
from delegations.services import create_trip
from intlcoop.regulations.models import Instrument
from intlcoop.workflow.refusals import NotAllowed, Refused
from tests.agreements.signing import agreement

pytestmark = pytest.mark.django_db
ROOT = "/doi-tac/de-an/"


def programme(ministry, name="Đề án hợp tác", **fields):
    fields = {"name_vi": name, "kind": ProgrammeKind.SCHEME} | fields
    return save_programme(None, actor=ministry.htqt, fields=fields)


def test_the_department_keeps_the_list_and_everybody_reads_it(go, ministry):
    made = programme(ministry)
    assert go("truonghoc").get(made.get_absolute_url()).status_code == 200
    for person in ("chuyenvien", "truonghoc", "kiemtoan", "botruong"):
        with pytest.raises(NotAllowed):
            save_programme(None, actor=ministry.person(person), fields={"name_vi": "x", "kind": ProgrammeKind.SCHEME})
        client = go(person)
        for name in ("programme_change", "programme_delete"):
            assert client.post(reverse(f"agreements:{name}", args=[made.pk]), {"name_vi": "y"}).status_code == 403
    assert Programme.objects.get().name_vi == "Đề án hợp tác"


def test_it_is_typed_in_and_bad_input_keeps_what_was_typed(go, ministry):
    paper = Instrument.objects.get(symbol="1439/QĐ-BNV")
    client = go("htqt")
    data = {"name_vi": "Đề án  về nền công vụ", "kind": "scheme", "instrument": paper.pk, "from_year": "2025",
            "until_year": "2021", "is_active": "on"}  # fmt: skip
    said = client.post(f"{ROOT}them/", data).content.decode()
    assert "Năm cuối không thể trước năm đầu" in said
    assert "Đề án  về nền công vụ" in said
    assert not Programme.objects.exists()
    for wrong in ("99999999999999999999", "12", "abc"):
        assert client.post(f"{ROOT}them/", data | {"until_year": wrong}).status_code == 200
    answer = client.post(f"{ROOT}them/", data | {"until_year": "2030"})
    made = Programme.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.name_vi, made.instrument) == ("Đề án về nền công vụ", paper)
    twice = client.post(f"{ROOT}them/", data | {"until_year": ""})
    assert twice.status_code == 200
    assert Programme.objects.count() == 1
    for text in ("nen cong vu", "1439/QĐ-BNV"):
        assert "Đề án về nền công vụ" in client.get(ROOT, {"q": text}).content.decode()
    assert client.get(ROOT, {"tinh_trang": "xong"}).context["paginator"].count == 0
    assert client.get(ROOT, {"tinh_trang": "dang"}).context["paginator"].count == 1
    assert client.get(ROOT, {"xuat": "xlsx"}).status_code == 200


def test_its_page_names_the_files_that_serve_it_to_those_who_may_read_them(go, ministry):
    made = programme(ministry)
    theirs = agreement(ministry, programme=made)
    trip = create_trip(
        "Đoàn khảo sát mô hình", ministry.unit("CSDP"), actor=ministry.chuyenvien, fields={"programme": made}
    )
    url = made.get_absolute_url()
    own, stranger = go("chuyenvien").get(url).content.decode(), go("truonghoc").get(url).content.decode()
    for case in (theirs.case, trip.case):
        assert reverse("workflow:file", args=[case.number]) in own
        assert case.title not in stranger
    with pytest.raises(Refused):
        delete_programme(made, actor=ministry.htqt)
    client = go("htqt")
    client.post(reverse("agreements:programme_delete", args=[made.pk]))
    assert Programme.objects.filter(pk=made.pk).exists()
    spare = programme(ministry, "Gõ nhầm")
    client.post(reverse("agreements:programme_delete", args=[spare.pk]))
    assert not Programme.objects.filter(pk=spare.pk).exists()


def test_a_trip_is_linked_in_its_form_and_says_so(go, ministry):
    made, over = programme(ministry), programme(ministry, "Đề án cũ", is_active=False)
    trip = create_trip("Đoàn khảo sát mô hình", ministry.unit("CSDP"), actor=ministry.chuyenvien)
    client = go("chuyenvien")
    form = client.get(reverse("delegations:edit", args=[trip.case.number])).context["form"]
    offered = set(form.fields["programme"].queryset)
    assert made in offered
    assert over not in offered
    trip.programme = over
    trip.save()
    said = client.get(reverse("delegations:trip", args=[trip.case.number])).content.decode()
    assert "Đề án cũ" in said


def queries_of(client, url):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_lists_and_pages_ask_the_same_number_of_questions_however_long(go, ministry):
    client = go("chuyenvien")
    made = programme(ministry, lead_unit=ministry.unit("HTQT"))
    agreement(ministry, programme=made)
    create_trip("Đoàn thứ nhất", ministry.unit("CSDP"), actor=ministry.chuyenvien, fields={"programme": made})
    client.get(ROOT)
    before = queries_of(client, ROOT), queries_of(client, made.get_absolute_url())
    for number in range(2):
        programme(ministry, f"Đề án số {number}", lead_unit=ministry.unit("CSDP"))
        agreement(ministry, title=f"Bản ghi nhớ số {number}", title_en="", twin_reason="khác", programme=made)
        create_trip(f"Đoàn số {number}", ministry.unit("CSDP"), actor=ministry.chuyenvien, fields={"programme": made})
    assert (queries_of(client, ROOT), queries_of(client, made.get_absolute_url())) == before
    assert before[0] <= 12
    assert before[1] <= 18
