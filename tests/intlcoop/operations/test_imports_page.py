"""Handing in a register on the page: checked first, then taken over, all rows or none."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from delegations.models import OutboundDelegation
from intlcoop.documents.guard import CONTENT_TYPES
from intlcoop.operations.models import RegisterImport
from intlcoop.workflow.models import Case
from tests.delegations.registers.sheets import provincial, row

pytestmark = pytest.mark.django_db

PAGE = "/quan-tri/nhap-so-lieu/"


def upload(data: bytes, name: str = "doan-ra-2022.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, CONTENT_TYPES["xlsx"])


def hand_in(client, data, **more):
    return client.post(PAGE, {"kind": "outbound", "file": upload(data), **more})


@pytest.fixture
def go(client, ministry):
    def login(name):
        client.force_login(ministry.person(name))
        return client

    return login


def test_a_good_file_is_shown_row_by_row_and_saved_when_confirmed(go, ministry):
    client = go("htqt")
    answer = hand_in(client, provincial([row(1), row(2)]))
    found = RegisterImport.objects.get()
    assert answer.url == found.get_absolute_url()
    text = client.get(answer.url).content.decode()
    assert "Trao đổi kinh nghiệm số 2" in text
    assert not Case.objects.exists()
    client.post(reverse("operations:take_over", args=[found.pk]))
    assert OutboundDelegation.objects.count() == 2
    found.refresh_from_db()
    assert (found.state, found.content, found.ended_by) == ("saved", None, ministry.htqt)
    again = client.post(reverse("operations:take_over", args=[found.pk]))
    assert again.status_code == 409
    assert OutboundDelegation.objects.count() == 2


def test_thirty_wrong_rows_of_a_thousand_stand_on_one_page_and_nothing_can_be_saved(go):
    client = go("quantri")
    rows = [row(n, where="Trung Quc" if n % 33 == 0 else "Lào") for n in range(1, 1000)]
    answer = hand_in(client, provincial(rows))
    text = client.get(answer.url).content.decode()
    assert text.count("Trung Quc") == 30
    found = RegisterImport.objects.get()
    assert reverse("operations:take_over", args=[found.pk]) not in text
    client.post(reverse("operations:take_over", args=[found.pk]))
    assert not Case.objects.exists()
    all_rows = client.get(answer.url, {"ket_qua": "create"}).content.decode()
    assert "Lào" in all_rows


def test_a_file_put_aside_is_forgotten(go):
    client = go("htqt")
    hand_in(client, provincial([row(1)]))
    found = RegisterImport.objects.get()
    client.post(reverse("operations:put_aside", args=[found.pk]))
    found.refresh_from_db()
    assert (found.state, found.content) == ("discarded", None)
    assert not Case.objects.exists()


@pytest.mark.parametrize("name", ["chuyenvien", "vanthu", "botruong", "kiemtoan"])
def test_only_administrators_and_the_icd_take_over_registers(go, name, ministry):
    go("htqt")
    assert go("htqt").get(PAGE).status_code == 200
    client = go(name)
    assert client.get(PAGE).status_code == 403
    assert hand_in(client, provincial([row(1)])).status_code == 403
    assert not RegisterImport.objects.exists()


def test_the_register_of_staff_is_the_administrators_alone(go, ministry):
    client = go("htqt")
    assert 'value="staff"' not in client.get(PAGE).content.decode()
    client.post(PAGE, {"kind": "staff", "file": upload(provincial([row(1)]))})
    assert not RegisterImport.objects.exists()
    assert 'value="staff"' in go("quantri").get(PAGE).content.decode()
    RegisterImport.objects.create(kind="staff", original_name="x.xlsx", content=b"x", uploaded_by=ministry.quantri)
    assert go("htqt").get(RegisterImport.objects.get().get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "data",
    [b"STT;NGAY DI", provincial([["a", "b"]], head=("A", "B", "C")), provincial([])],
    ids=["csv", "other", "empty"],
)
def test_a_file_without_such_a_table_is_a_sentence(go, data):
    client = go("htqt")
    answer = hand_in(client, data)
    if answer.status_code == 302:
        assert "Bảng không có dòng nào" in client.get(answer.url).content.decode()
    else:
        assert answer.status_code == 200
        assert not RegisterImport.objects.exists()


def test_the_pages_cost_the_same_for_one_and_for_three_rows(go, django_assert_num_queries):
    client = go("htqt")
    client.get(PAGE)
    for rows in ([row(1)], [row(2), row(3), row(4)]):
        answer = hand_in(client, provincial(rows))
        with django_assert_num_queries(6):
            client.get(answer.url)
    for _times in range(2):
        with django_assert_num_queries(7):
            client.get(PAGE)
        hand_in(client, provincial([row(9)]))
