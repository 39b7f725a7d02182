"""Filing against the plan: what the form says while it is written, taking over a line, beginning from a line."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.models import Partner
from delegations.choices import LineState, Part, PlanKind, PlanLevel
from delegations.models import AnnualPlan, OutboundDelegation, PlanLine
from intlcoop.catalogues.models import CooperationField, Country, Currency
from intlcoop.people.choices import Rank
from intlcoop.regulations.models import Parameter
from intlcoop.workflow.models import Case
from tests.delegations import factories as f
from tests.delegations import typing as t
from tests.delegations.typing import typed
from tests.ministry import ACCOUNTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry(db, built):
    return built


def line_of(ministry, **changes) -> PlanLine:
    line = f.plan_line(ministry, changes.pop("level", PlanLevel.MINISTRY), unit=changes.pop("unit", "CSDP"))
    values = {
        "title": "Dự Hội nghị ACCSM",
        "purpose": "conference",
        "purpose_text": "Dự hội nghị quan chức cấp cao.",
        "field": CooperationField.objects.first(),
        "partner": Partner.objects.create(name_vi="Ban Thư ký ASEAN (minh họa)", kind="intergovernmental"),
        "partner_text": "Ban Thư ký ASEAN",
        "head_rank": Rank.DEPUTY_MINISTER,
        "leader": ministry.thutruong,
        "persons": 6,
        "days": 5,
        "amount": Decimal(300_000_000),
        "currency": Currency.objects.get(code="VND"),
    }
    for name, value in (values | changes).items():
        setattr(line, name, value)
    line.save()
    line.countries.set(Country.objects.filter(iso2__in=["TH", "ID"]))
    return line


def post(client, made, path: str, **changes):
    made = OutboundDelegation.objects.get(pk=made.pk)
    return client.post(reverse(f"delegations:{path}", args=[made.case.number]), typed(made, **changes))


def text_of(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def rows_of(made):
    return (
        list(OutboundDelegation.objects.filter(pk=made.pk).values_list()),
        list(made.members.values_list()),
        list(made.legs.values_list()),
        list(made.funding.values_list()),
        list(Case.objects.filter(pk=made.case_id).values_list()),
    )


# --- while typing -------------------------------------------------------------------------------------------------


def test_what_is_typed_is_held_against_the_rules_and_nothing_of_it_stays(go, ministry):
    made = f.trip(ministry)
    before = rows_of(made)
    members = [t.member(), *({"full_name": f"Khách {n}", "part": "member"} for n in range(10))]
    answer = text_of(post(go("chuyenvien"), made, "check", members=members))
    assert "Đoàn có 11 người, quá giới hạn 10 người." in answer
    assert "thành phố Hà Nội" in answer
    assert rows_of(made) == before


def test_w002_01_is_said_with_its_citation_while_a_deputy_minister_is_typed_as_head(go, ministry):
    made = f.trip(ministry)
    client = go("chuyenvien")
    head = [t.member("Ngô Đức Nam (thutruong)")]
    assert "Thủ tướng" not in text_of(post(client, made, "check"))
    answer = text_of(post(client, made, "check", members=head))
    assert "phải xin phép Thủ tướng Chính phủ trước khi ra quyết định, vì trưởng đoàn là Thứ trưởng" in answer
    assert "Hội nghị triển khai công tác hợp tác quốc tế năm 2022" in answer
    on_the_plan = line_of(ministry, level=PlanLevel.PM).pk
    answer = text_of(post(client, made, "check", members=head, plan_line=on_the_plan, out_of_plan_reason=""))
    assert "xin phép Thủ tướng" not in answer


def test_w002_02_asks_to_limit_what_is_outside_the_plan(go, ministry):
    made, client = f.trip(ministry), go("chuyenvien")
    assert "Hạn chế hoạt động ngoài kế hoạch" in text_of(post(client, made, "check"))
    Parameter.objects.filter(key="outbound.max_unplanned_without_reason").update(valid_until=dt.date(2020, 1, 1))
    assert "Hạn chế hoạt động ngoài kế hoạch" not in text_of(post(client, made, "check"))


def test_w002_03_warns_an_attached_unit_or_blocks_it_as_the_row_says(go, ministry):
    made = f.trip(ministry, filer="truonghoc", unit="DHPT", head="truonghoc")
    members = [t.member("Ngô Đức Nam (thutruong)", part="member")]
    client = go("truonghoc")
    answer = text_of(post(client, made, "check", members=members))
    assert "Đơn vị trực thuộc không nên mời lãnh đạo Bộ" in answer
    assert "is-late" not in answer
    Parameter.objects.filter(key="outbound.max_leaders_invited_by_attached_unit").update(severity="block")
    answer = text_of(post(client, made, "check", members=members))
    assert "is-late" in answer
    assert "chưa thể trình hồ sơ" in answer


def test_the_line_shows_what_is_left_and_what_the_trip_takes_too_much(go, ministry):
    line = line_of(ministry, head_rank="", leader=None)
    f.submit(f.trip(ministry, plan_line=line, head="htqt", days_ahead=f.FAR + 30, length=3), ministry)
    made = f.trip(ministry)
    answer = text_of(
        post(go("chuyenvien"), made, "check", plan_line=line.pk, out_of_plan_reason="", legs=[t.leg("FR")])
    )
    assert "dòng kế hoạch còn 2 trong số 5 ngày" in answer
    assert "lịch trình còn đến Pháp" in answer
    assert "180.000.000" in answer  # left of the money


def test_half_a_form_is_looked_at_as_far_as_it_goes(go, ministry):
    made = f.trip(ministry)
    for changes in (
        {"departs_on": "32/13/2026"},
        {"returns_on": "01/01/2020"},
        {"plan_line": "x", "title": ""},
        {"members": [{"full_name": "Ai đó (khong_co)", "part": "head"}]},
        {"legs": [{"country": "999999999"}]},
        {"funding": [t.money("-5")]},
    ):
        assert "kiem-tra" in text_of(post(go("chuyenvien"), made, "check", **changes))
    assert go("chuyenvien").post(reverse("delegations:check", args=[made.case.number])).status_code == 200


@pytest.mark.parametrize("account", ACCOUNTS)
def test_only_who_may_edit_is_told(go, ministry, account):
    made = f.trip(ministry)
    f.submit(made, ministry)
    status = post(go(account), made, "check").status_code
    sees = OutboundDelegation.objects.visible_to(ministry.person(account)).filter(pk=made.pk).exists()
    assert status == (200 if account in ("chuyenvien", "lanhdaodonvi") else 403 if sees else 404)


def test_without_scripts_a_button_shows_the_same_and_saves_nothing(go, ministry):
    made = f.trip(ministry)
    before = rows_of(made)
    members = [t.member(), *({"full_name": f"Khách {n}", "part": "member"} for n in range(10))]
    answer = text_of(post(go("chuyenvien"), made, "edit", check="1", members=members))
    assert "quá giới hạn 10 người" in answer
    assert "Khách 9" in answer
    assert rows_of(made) == before


# --- taking over a line -------------------------------------------------------------------------------------------


def test_a_line_fills_what_is_blank_and_leaves_what_was_typed(go, ministry):
    line, made = line_of(ministry), f.trip(ministry)
    before = rows_of(made)
    blank = {
        "purpose": "",
        "purpose_text": "",
        "inviting_body": "Cơ quan khác",
        "members": [],
        "legs": [],
        "title": "Tên cũ",
    }
    answer = post(go("chuyenvien"), made, "edit", prefill="1", plan_line=line.pk, out_of_plan_reason="", **blank)
    form, rows = answer.context["form"], answer.context["rows"]
    assert (form["title"].value(), form["inviting_body"].value()) == ("Tên cũ", "Cơ quan khác")
    assert (form["purpose"].value(), form["purpose_text"].value()) == ("conference", "Dự hội nghị quan chức cấp cao.")
    assert form["host_partner"].value() == line.partner.name_vi
    assert {leg["country"] for leg in rows.values["legs"]} == set(line.countries.all())
    head = rows.values["members"][0]
    assert (head["person"], head["part"], head["rank"]) == (ministry.thutruong, Part.HEAD, Rank.DEPUTY_MINISTER)
    assert "Đã lấy từ dòng kế hoạch" in answer.content.decode()
    assert rows_of(made) == before


def test_a_form_that_says_everything_already_is_not_touched(go, ministry):
    line, made = line_of(ministry, partner=None, field=None), f.trip(ministry)
    answer = post(go("chuyenvien"), made, "edit", prefill="1", plan_line=line.pk, out_of_plan_reason="")
    assert answer.context["form"]["purpose_text"].value() == "Dự Hội nghị"
    assert [row["full_name"] for row in answer.context["rows"].values["members"]] == ["Triệu Hoài Linh"]
    assert "Không có nội dung nào cần lấy thêm" in answer.content.decode()


@pytest.mark.parametrize("chosen", ["", "x", "9" * 30, "0", "-1"])
def test_without_a_line_nothing_is_taken_over(go, ministry, chosen):
    made = f.trip(ministry)
    answer = post(go("chuyenvien"), made, "edit", prefill="1", plan_line=chosen)
    assert "Chọn dòng kế hoạch trước" in text_of(answer)


def test_taking_over_does_not_forget_that_somebody_else_saved_meanwhile(go, ministry):
    line, made = line_of(ministry), f.trip(ministry)
    old = made.case.version
    assert post(go("lanhdaodonvi"), made, "edit", purpose_text="Bản của lãnh đạo").status_code == 302
    client = go("chuyenvien")
    for button in ({"prefill": "1"}, {"check": "1"}, {"title": ""}):
        answer = post(client, made, "edit", version=old, plan_line=line.pk, **button)
        assert answer.context["version"] == old, button
    assert post(client, made, "edit", version=old).status_code == 409


@pytest.mark.parametrize(
    "changes", [{"state": LineState.DECLINED}, {"state": LineState.DROPPED}, {"kind": PlanKind.INBOUND}, "not approved"]
)
def test_only_accepted_outbound_lines_of_approved_plans_are_offered(go, ministry, changes):
    line, made = line_of(ministry), f.trip(ministry)
    url = reverse("delegations:edit", args=[made.case.number])
    assert line in go("chuyenvien").get(url).context["form"].fields["plan_line"].queryset
    if changes == "not approved":
        AnnualPlan.objects.filter(pk=line.plan_id).update(approved_on=None, approval_number="")
    else:
        PlanLine.objects.filter(pk=line.pk).update(**changes)
    assert line not in go("chuyenvien").get(url).context["form"].fields["plan_line"].queryset
    assert (
        post(go("chuyenvien"), made, "edit", plan_line=line.pk).status_code == 200
    )  # refused as not one of the choices


# --- beginning from a line ----------------------------------------------------------------------------------------


def test_a_trip_begins_as_its_line_describes_it(go, ministry):
    line, client = line_of(ministry), go("chuyenvien")
    page = text_of(client.get(reverse("delegations:new"), {"dong": line.pk}))
    assert "Dự Hội nghị ACCSM" in page
    assert "300.000.000" in page
    answer = client.post(reverse("delegations:new"), {"title": "Dự Hội nghị ACCSM lần thứ 23", "dong": line.pk})
    made = OutboundDelegation.objects.get()
    assert answer.url == reverse("delegations:edit", args=[made.case.number])
    assert made.plan_line == line
    assert made.case.title == "Dự Hội nghị ACCSM lần thứ 23"
    assert (made.purpose, made.field, made.host_partner) == ("conference", line.field, line.partner)
    assert {leg.country.iso2 for leg in made.legs.all()} == {"TH", "ID"}
    assert made.members.get().person == ministry.thutruong
    assert made.departs_on is None


@pytest.mark.parametrize("asked", ["x", "9" * 30, "0", "dropped"])
def test_a_line_that_cannot_be_used_is_said_and_the_file_begins_without_it(go, ministry, asked):
    if asked == "dropped":
        asked = line_of(ministry, state=LineState.DROPPED).pk
    client = go("chuyenvien")
    assert "không dùng (hoặc không còn dùng)" in text_of(client.get(reverse("delegations:new"), {"dong": asked}))
    client.post(reverse("delegations:new"), {"title": "Tên", "dong": asked})
    assert OutboundDelegation.objects.get().plan_line is None


@pytest.mark.parametrize("account", ACCOUNTS)
def test_who_files_no_trips_begins_none_from_a_line(go, ministry, account):
    line = line_of(ministry)
    answer = go(account).post(reverse("delegations:new"), {"title": "Tên", "dong": line.pk})
    assert OutboundDelegation.objects.exists() is (answer.status_code == 302)
    assert (answer.status_code == 403) is (account in ("vanthu", "botruong", "thutruong", "quantri", "kiemtoan"))


def test_the_page_of_a_trip_shows_its_line_and_what_others_leave(go, ministry):
    line = line_of(ministry, head_rank="", leader=None)
    f.submit(f.trip(ministry, plan_line=line, head="htqt", days_ahead=f.FAR + 30, length=3), ministry)
    made = f.trip(ministry, plan_line=line, length=2)
    page = text_of(go("chuyenvien").get(made.get_absolute_url()))
    assert "12/QĐ-BDP" in page
    assert "180.000.000" in page


def test_the_last_day_counter_and_year_end(go, ministry):
    """A trip over New Year's Eve belongs to the plan of the year in which it departs."""
    year = timezone.localdate().year + 1
    line = line_of(ministry, head_rank="", leader=None, days=4)
    AnnualPlan.objects.filter(pk=line.plan_id).update(year=year)
    made = f.trip(ministry)
    days = {"departs_on": f"30/12/{year}", "returns_on": f"02/01/{year + 1}"}
    answer = text_of(post(go("chuyenvien"), made, "check", plan_line=line.pk, out_of_plan_reason="", **days))
    assert "Hạn chế hoạt động" not in answer
    assert "ngày; dòng kế hoạch" not in answer


def test_the_counter_says_whether_an_explanation_helps_when_it_is_late(go, ministry):
    made = f.trip(ministry, days_ahead=5)
    url = reverse("delegations:counter", args=[made.case.number])
    day = f"{made.departs_on:%d/%m/%Y}"
    assert "vẫn có thể trình" in text_of(go("chuyenvien").get(url, {"departs_on": day, "mode": "led"}))
    Parameter.objects.filter(key="outbound.lead_time_working_days").update(severity="block")
    assert "không cho phép trình hồ sơ nộp muộn" in text_of(
        go("chuyenvien").get(url, {"departs_on": day, "mode": "led"})
    )


@pytest.mark.parametrize("account", ["chuyenvien", "kiemtoan", "htqt"])
def test_the_page_of_a_line_leads_to_a_new_trip_for_who_may_file_one(go, ministry, account):
    line = line_of(ministry)
    answer = go(account).get(reverse("delegations:plan_line", args=[line.pk]))
    assert answer.status_code == 200
    assert (f"/doan-ra/lap/?dong={line.pk}" in answer.content.decode()) is (account != "kiemtoan")
    PlanLine.objects.filter(pk=line.pk).update(state=LineState.DROPPED)
    assert "?dong=" not in go(account).get(reverse("delegations:plan_line", args=[line.pk])).content.decode()
