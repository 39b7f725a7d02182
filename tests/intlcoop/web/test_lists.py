from __future__ import annotations

import csv
import io
import re

import pytest
from django.db.models import F
from django.utils.translation import gettext
from python_calamine import CalamineWorkbook

from intlcoop.people.models import Appointment, User
from intlcoop.web.lists import empty_last
from tests.intlcoop.people.factories import UserFactory

ADDRESS = "/mau/danh-sach/"


def names_on(response) -> list[str]:
    return [line[1].html for line in response.context["lines"]]


@pytest.fixture
def people(person):
    return [person, UserFactory(full_name="Áo Thị Bé", language="en"), UserFactory(full_name="Lê Văn Đức")]


def test_sorted_by_default_and_counted(page, people):
    response = page.get(ADDRESS)
    assert response.context["paginator"].count == 3
    assert names_on(response)[0] == "Lê Văn Đức"
    assert '<span class="count">3</span>' in response.text


def test_sort_by_head_and_back(page, people):
    forwards = names_on(page.get(ADDRESS, {"sap_xep": "name"}))
    assert names_on(page.get(ADDRESS, {"sap_xep": "-name"})) == forwards[::-1]
    assert 'aria-sort="descending"' in page.get(ADDRESS, {"sap_xep": "-name"}).text


def test_rows_without_a_value_stand_last_whichever_way_the_others_run():
    assert empty_last(User, "-last_login") == F("last_login").desc(nulls_last=True)
    assert empty_last(Appointment, "-user__last_login") == F("user__last_login").desc(nulls_last=True)
    assert empty_last(User, "-worked_out") == F("worked_out").desc(nulls_last=True)
    assert empty_last(User, "last_login") == "last_login"  # the database does it by itself
    assert empty_last(Appointment, "-unit__sort_key") == "-unit__sort_key"  # never empty: its index serves


@pytest.mark.parametrize(
    "query",
    [
        {"trang": "abc"},
        {"trang": "-1"},
        {"trang": "999999999999"},
        {"sap_xep": "x"},
        {"sap_xep": "password"},
        {"sap_xep": "--name"},
        {"language": "xx"},
        {"joined": "31/02/2026"},
        {"xuat": "exe"},
        {"q": "\x00" * 3 + "a" * 5000},
        {"khac": "1"},
    ],
)
def test_nonsense_in_the_address_is_never_an_error(page, people, query):
    assert page.get(ADDRESS, query).status_code == 200


def test_wrong_filter_says_so_and_hides_nothing(page, people):
    response = page.get(ADDRESS, {"joined": "31/02/2026"})
    assert len(names_on(response)) == 3
    assert "field-error" in response.text
    assert response.context["chips"] == []


def test_search_ignores_odd_spaces_and_decomposed_letters(page, people):
    assert names_on(page.get(ADDRESS, {"q": "  Lê\u00a0Văn "})) == ["Lê Văn Đức"]


def test_chip_says_the_filter_and_takes_only_it_away(page, people):
    response = page.get(ADDRESS, {"q": "Áo", "language": "en", "sap_xep": "-name", "trang": "1"})
    chips = {chip.label: chip for chip in response.context["chips"]}
    assert chips["Ngôn ngữ"].value == "Tiếng Anh"
    assert "language" not in chips["Ngôn ngữ"].url
    assert "trang" not in chips["Ngôn ngữ"].url
    assert "sap_xep=-name" in chips["Ngôn ngữ"].url
    assert names_on(page.get(ADDRESS + chips["Ngôn ngữ"].url)) == ["Áo Thị Bé"]


def test_date_filter_takes_vietnamese_dates(page, people):
    assert len(names_on(page.get(ADDRESS, {"joined": "01/12/2020"}))) == 3
    assert names_on(page.get(ADDRESS, {"joined": "01/12/2090"})) == []


@pytest.fixture
def crowd(person):
    UserFactory.create_batch(119)


def test_fifty_rows_a_page_and_addresses_that_keep_the_rest(page, crowd):
    response = page.get(ADDRESS, {"trang": "2", "sap_xep": "-name"})
    assert len(response.context["lines"]) == 50
    assert "?trang=3&amp;sap_xep=-name" in response.text or "?sap_xep=-name&amp;trang=3" in response.text
    assert len(page.get(ADDRESS, {"trang": "99"}).context["lines"]) == 20


def test_pages_do_not_repeat_rows_that_sort_alike(page, db):
    UserFactory.create_batch(99, full_name="Nguyễn Văn Giống")
    seen = [cell[0].html for number in ("1", "2") for cell in page.get(ADDRESS, {"trang": number}).context["lines"]]
    assert len(seen) == len(set(seen)) == 100
    for sort in ("name", "-name", "login", "nonsense"):
        rows = page.get(ADDRESS, {"sap_xep": sort}).context["page_obj"].paginator.object_list
        assert rows.query.order_by[-1] == "pk"


@pytest.mark.parametrize("count", [1, 3])
def test_one_row_costs_what_three_cost(page, count, django_assert_num_queries):
    UserFactory.create_batch(count)
    page.get(ADDRESS)
    with django_assert_num_queries(4):  # session, person, count, page
        page.get(ADDRESS)


def test_empty_list_offers_the_act_that_fills_it(page, person):
    person.is_superuser = True
    person.save()
    response = page.get(ADDRESS)
    assert "Chưa có đoàn nào." in response.text
    assert 'href="/mau/bieu-mau/"' in response.text


def test_empty_search_offers_to_take_it_away_instead(page, people):
    response = page.get(ADDRESS, {"q": "không có ai"})
    assert gettext("Nothing answers to this search. Take a filter away to see more.") in response.text
    assert "Chưa có đoàn nào." not in response.text


def test_export_has_the_same_rows_of_all_pages(page, crowd):
    response = page.get(ADDRESS, {"xuat": "csv", "sap_xep": "login", "trang": "2"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["Số", "Họ và tên", "Ngày", "Thư"]
    assert len(rows) == 121
    assert [row[0] for row in rows[1:]] == sorted(row[0] for row in rows[1:])
    assert re.fullmatch(r'attachment; filename="doan-ra-\d{8}\.csv"', response["Content-Disposition"])


def test_export_obeys_search_and_filters(page, people):
    response = page.get(ADDRESS, {"xuat": "xlsx", "q": "Áo"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows] == ["Họ và tên", "Áo Thị Bé"]


def test_text_of_people_is_escaped(page, person):
    UserFactory(full_name="<script>alert(1)</script>")
    assert "<script>alert" not in page.get(ADDRESS).text


def test_stranger_is_sent_to_the_login(pages, client, db):
    assert client.get(ADDRESS).url.startswith("/dang-nhap/?next=")
