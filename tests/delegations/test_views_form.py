"""Filing and changing a trip: a title is enough, nothing typed is lost, nobody writes into another file."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from delegations.choices import Mode
from delegations.models import DelegationMember, OutboundDelegation
from delegations.services import create_trip, update_trip
from intlcoop.people.choices import Rank
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.models import Case
from tests.delegations import factories as f
from tests.delegations.typing import leg, member, money, typed
from tests.intlcoop.documents import samples
from tests.ministry import ACCOUNTS

pytestmark = pytest.mark.django_db

FILERS = (
    "chuyenvien", "lanhdaodonvi", "truonghoc", "htqt", "vutruong", "taichinh", "tccb", "phapche",
)  # fmt: skip


@pytest.fixture
def trip(ministry):
    """A draft with its title only."""
    return create_trip("Dự Hội nghị", ministry.unit("CSDP"), actor=ministry.chuyenvien)


def edit(trip: OutboundDelegation, tail: str = "sua/") -> str:
    return f"/doan-ra/{trip.case.number}/{tail}"


def fresh(trip: OutboundDelegation) -> OutboundDelegation:
    return OutboundDelegation.objects.select_related("case", "plan_line").get(pk=trip.pk)


# --- a new file ---------------------------------------------------------------------------------------------------


def test_a_title_opens_a_file_of_ones_own_unit_and_leads_on_to_the_form(go, ministry):
    response = go("chuyenvien").post("/doan-ra/lap/", {"title": " Dự  Hội nghị "})
    made = OutboundDelegation.objects.get()
    assert response.url == edit(made)
    assert (made.case.title, made.case.unit.code, made.case.state) == ("Dự Hội nghị", "CSDP", "planned")


@pytest.mark.parametrize("account", ACCOUNTS)
def test_who_works_in_a_unit_files_trips_and_nobody_else(go, account):
    may = account in FILERS
    client = go(account)
    assert client.get("/doan-ra/lap/").status_code == (200 if may else 403)
    assert client.post("/doan-ra/lap/", {"title": "Thử"}).status_code == (302 if may else 403)
    assert OutboundDelegation.objects.exists() is may


@pytest.mark.parametrize("title", ["", "  ", "x" * 301, "MẬT"])
def test_a_title_that_is_missing_too_long_or_marked_secret_opens_nothing(go, title):
    response = go("chuyenvien").post("/doan-ra/lap/", {"title": title})
    assert "title" in response.context["form"].errors
    assert not OutboundDelegation.objects.exists()


# --- the whole form -----------------------------------------------------------------------------------------------


def test_everything_typed_is_written(go, trip):
    data = typed(
        trip, members=[member(), member("Lê Văn Khách", "interpreter", body="Bộ Ngoại giao", post="Phiên dịch viên")]
    )
    response = go("chuyenvien").post(edit(trip), data)
    assert response.url == f"/doan-ra/{trip.case.number}/"
    saved = fresh(trip)
    assert (saved.case.title, saved.purpose, saved.inviting_body) == (
        "Dự Hội nghị ACCSM",
        "conference",
        "Ban Thư ký ASEAN",
    )
    head, guest = saved.members.all()
    assert (head.person.username, head.full_name, head.body) == (
        "chuyenvien2",
        "Triệu Hoài Linh",
        "Vụ Chính sách địa phương",
    )
    assert (guest.person, guest.body) == (None, "Bộ Ngoại giao")
    assert [each.country.iso2 for each in saved.legs.all()] == ["TH"]
    assert saved.funding.get().amount == 120_000_000


def test_rank_of_our_staff_follows_from_their_office_not_from_the_form(go, trip):
    """A rank typed down would lead a deputy minister's trip past the Prime Minister (W002-01)."""
    go("chuyenvien").post(edit(trip), typed(trip, members=[member("Ngô Đức Nam (thutruong)", rank="official")]))
    assert fresh(trip).members.get().rank == Rank.DEPUTY_MINISTER


def test_a_colleague_typed_without_the_list_is_still_known(go, trip):
    go("chuyenvien").post(edit(trip), typed(trip, members=[member("ngô đức nam")]))
    assert fresh(trip).members.get().person.username == "thutruong"


def test_somebody_of_another_body_may_have_the_name_of_a_colleague(go, trip):
    go("chuyenvien").post(edit(trip), typed(trip, members=[member("Ngô Đức Nam", body="UBND tỉnh Lào Cai")]))
    assert fresh(trip).members.get().person is None


@pytest.mark.parametrize("written", ["05/03/2027", "5-3-2027", "05.03.2027", "2027-03-05"])
def test_the_day_comes_before_the_month(go, trip, written):
    go("chuyenvien").post(edit(trip), typed(trip, departs_on=written, returns_on="08/03/2027"))
    assert fresh(trip).departs_on == dt.date(2027, 3, 5)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("departs_on", "03/25/2027"),
        ("departs_on", "31/02/2027"),
        ("departs_on", "ngày mai"),
        ("departs_on", "01/01/9999"),
        ("title", ""),
        ("title", "x" * 301),
        ("purpose", "holiday"),
        ("purpose_text", "x" * 4001),
        ("mode", "flying"),
        ("inviting_body", "x" * 301),
        ("host_partner", "999999"),
        ("plan_line", "999999"),
        ("plan_line", "abc"),
    ],
)
def test_bad_input_is_said_at_its_field_and_nothing_typed_is_lost(go, trip, field, value):
    response = go("chuyenvien").post(edit(trip), typed(trip, **{field: value}))
    assert response.status_code == 200
    assert field in response.context["form"].errors
    page = response.content.decode()
    assert "data-error-summary" in page
    assert "Ban Thư ký ASEAN" in page or field == "inviting_body"
    assert "Triệu Hoài Linh (chuyenvien2)" in page
    assert fresh(trip).case.title == "Dự Hội nghị"


@pytest.mark.parametrize(
    ("group", "values", "field"),
    [
        ("members", {"full_name": ""}, "full_name"),
        ("members", {"full_name": "x" * 161}, "full_name"),
        ("members", {"full_name": "Ai đó (khongco)"}, "full_name"),
        ("members", {"part": "pilot"}, "part"),
        ("legs", {"country": "999999"}, "country"),
        ("legs", {"arrives_on": "5/2027"}, "arrives_on"),
        ("legs", {"arrives_on": "05/03/2027", "leaves_on": "01/03/2027"}, "leaves_on"),
        ("funding", {"amount": "1,2,3"}, "amount"),
        ("funding", {"amount": "-5"}, "amount"),
        ("funding", {"amount": "9" * 20}, "amount"),
        ("funding", {"currency": "xyz"}, "currency"),
        ("funding", {"source": ""}, "source"),
    ],
)
def test_bad_rows_are_said_at_their_field(go, trip, group, values, field):
    base = {"members": member(), "legs": leg(), "funding": money()}[group]
    response = go("chuyenvien").post(edit(trip), typed(trip, **{group: [base | values]}))
    formset = getattr(response.context["rows"], group)
    assert field in formset.forms[0].errors
    assert not fresh(trip).members.exists()


def test_two_heads_and_the_same_person_twice_are_said(go, trip):
    two = typed(trip, members=[member(), member("Nguyễn Minh An (chuyenvien)")])
    assert go("chuyenvien").post(edit(trip), two).context["rows"].members.non_form_errors()
    same = typed(trip, members=[member(), member(part="member")])
    assert go("chuyenvien").post(edit(trip), same).context["rows"].members.non_form_errors()


def test_the_return_cannot_be_before_the_departure(go, trip):
    response = go("chuyenvien").post(edit(trip), typed(trip, returns_on="01/01/2027", departs_on="05/03/2027"))
    assert "Ngày về không thể trước ngày đi." in response.content.decode()


def test_a_form_without_its_rows_or_with_a_million_of_them_breaks_nothing(go, trip):
    client = go("chuyenvien")
    bare = {name: value for name, value in typed(trip).items() if not name.startswith("members-")}
    assert client.post(edit(trip), bare).status_code == 200
    huge = typed(trip) | {"members-TOTAL_FORMS": "1000000"}
    assert client.post(edit(trip), huge).status_code == 200
    assert not fresh(trip).members.exists()


# --- rows ---------------------------------------------------------------------------------------------------------


def test_a_row_is_changed_another_removed_a_third_added(go, trip):
    client = go("chuyenvien")
    client.post(edit(trip), typed(trip, members=[member(), member("Nguyễn Minh An (chuyenvien)", "member")]))
    first, second = fresh(trip).members.all()
    trip = fresh(trip)
    again = [
        member(id=first.pk, post="Chuyên viên chính"),
        member("Nguyễn Minh An (chuyenvien)", "member", id=second.pk, DELETE="on"),
        member("Khách mời", "member", body="VCCI"),
    ]
    client.post(edit(trip), typed(trip, members=again))
    kept, added = fresh(trip).members.all()
    assert (kept.pk, kept.post, added.full_name) == (first.pk, "Chuyên viên chính", "Khách mời")


def test_a_blank_row_is_nobody(go, trip):
    go("chuyenvien").post(
        edit(trip), typed(trip, members=[member(), {"full_name": "", "part": "member", "member_class": "official"}])
    )
    assert fresh(trip).members.count() == 1


@pytest.mark.parametrize("forged", [None, "other", 10**30, "abc", -1])
def test_the_id_of_another_trips_row_is_worthless(go, trip, ministry, forged):
    other = f.trip(ministry)
    victim = other.members.get()
    value = victim.pk if forged == "other" else forged
    go("chuyenvien").post(edit(trip), typed(trip, members=[member("Kẻ mạo danh", id="" if value is None else value)]))
    victim.refresh_from_db()
    assert (victim.delegation_id, victim.full_name) == (other.pk, "Triệu Hoài Linh")
    assert DelegationMember.objects.filter(delegation=other).count() == 1


# --- led and accompanying -----------------------------------------------------------------------------------------


def test_a_trip_with_senior_leaders_keeps_no_plan_and_no_reason_whatever_was_typed(go, trip, ministry):
    line = f.plan_line(ministry)
    data = typed(
        trip,
        mode="accompanying",
        plan_line=line.pk,
        principal="Thủ tướng Chính phủ",
        composition_number="12/TB-VPCP",
        composition_date="01/11/2026",
    )
    go("chuyenvien").post(edit(trip), data)
    saved = fresh(trip)
    assert (saved.mode, saved.plan_line, saved.out_of_plan_reason) == (Mode.ACCOMPANYING, None, "")
    assert saved.principal == "Thủ tướng Chính phủ"
    go("chuyenvien").post(edit(trip), typed(saved, principal="Thủ tướng"))
    assert (fresh(trip).principal, fresh(trip).composition_date) == ("", None)


def test_saving_more_than_was_decided_says_where_the_file_waits_again(go, trip, ministry):
    """Another wording of the expected result goes beyond nothing; one more person does."""
    client = go("chuyenvien")
    client.post(edit(trip), typed(trip))
    f.attachment(trip.case, "invitation", by=ministry.chuyenvien)
    case = f.submit(fresh(trip), ministry)
    f.walk_to(case, ministry, kind=StepKind.DRAFT_DECISION)
    kept = {
        "members": [member(id=trip.members.get().pk)],
        "legs": [leg(id=trip.legs.get().pk)],
        "funding": [money(id=trip.funding.get().pk)],
    }
    plain = client.post(edit(trip), typed(fresh(trip), **kept, expected_result="Báo cáo đầy đủ"), follow=True)
    assert fresh(trip).expected_result == "Báo cáo đầy đủ"
    assert "trở lại bước" not in plain.content.decode()
    kept["members"] += [member("Đoàn Thế Hiển (chuyenvien3)", part="member")]
    page = client.post(edit(trip), typed(fresh(trip), **kept), follow=True).content.decode()
    assert "hồ sơ trở lại bước: Lãnh đạo đơn vị đề xuất." in page
    assert f.open_step(case).office == "unit_head"


def test_the_units_own_lines_come_first_and_unapproved_plans_are_not_offered(go, trip, ministry):
    update_trip(trip, actor=ministry.chuyenvien, fields={"departs_on": dt.date(2027, 3, 1)})
    own, other = f.plan_line(ministry, year=2027), f.plan_line(ministry, year=2027, unit="VTLT")
    waiting = f.plan_line(ministry, "pm", year=2027)
    waiting.plan.approval_number, waiting.plan.approved_on = "", None
    waiting.plan.save()
    choices = go("chuyenvien").get(edit(trip)).context["form"].fields["plan_line"].choices
    offered = [[pk for pk, _label in group] for _name, group in list(choices)[1:]]
    assert offered == [[own.pk], [other.pk]]


# --- files --------------------------------------------------------------------------------------------------------


def letter(content: bytes | None = None, name: str = "thu-moi.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, samples.pdf("Thư mời") if content is None else content)


def test_the_invitation_comes_in_with_the_form_and_can_be_taken_out_again(go, trip):
    client = go("chuyenvien")
    data = typed(trip, upload=letter(), upload_kind="invitation", no_secret_declared="on", stay="1")
    assert client.post(edit(trip), data).url == edit(trip) + "#tep"
    attachment = trip.case.attachments.get()
    assert (attachment.kind, attachment.original_name) == ("invitation", "thu-moi.pdf")
    client.post(edit(trip), typed(fresh(trip), withdraw=[attachment.pk]))
    assert not trip.case.attachments.current().exists()
    assert trip.case.attachments.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("virus.exe", b"MZ"),
        ("thu-moi.pdf", b"not a pdf"),
        ("thu-moi.pdf", b""),
        ("MẬT.pdf", None),
        ("thu.pdf.html", b"<script>"),
    ],
)
def test_a_file_that_is_refused_is_said_at_its_field_and_the_texts_stay(go, trip, name, content):
    data = typed(trip, upload=letter(content, name), upload_kind="invitation", no_secret_declared="on")
    response = go("chuyenvien").post(edit(trip), data)
    assert "upload" in response.context["form"].errors
    assert "Ban Thư ký ASEAN" in response.content.decode()
    assert not trip.case.attachments.exists()


def test_the_file_of_another_trip_cannot_be_taken_out(go, trip, ministry):
    other = f.trip(ministry).case.attachments.get()
    response = go("chuyenvien").post(edit(trip), typed(trip, withdraw=[other.pk]))
    assert "withdraw" in response.context["form"].errors
    other.refresh_from_db()
    assert other.withdrawn_at is None


# --- two tabs -----------------------------------------------------------------------------------------------------


def test_the_slower_of_two_tabs_sees_both_texts_and_can_save_on_purpose(go, trip, ministry):
    old = trip.case.version
    update_trip(
        trip,
        actor=ministry.lanhdaodonvi,
        title="Tên của người khác",
        fields={"purpose_text": "Nội dung của người khác"},
    )
    response = go("chuyenvien").post(edit(trip), typed(trip, version=old, purpose_text="Nội dung của tôi"))
    page = response.content.decode()
    assert response.status_code == 409
    for text in ("Nội dung của người khác", "Nội dung của tôi", "Tên của người khác", "Trần Quốc Bảo"):
        assert text in page
    assert fresh(trip).purpose_text == "Nội dung của người khác"
    version = Case.objects.get(pk=trip.case.pk).version
    assert f'name="version" value="{version}"' in page
    go("chuyenvien").post(edit(trip), typed(trip, version=version, purpose_text="Nội dung của tôi"))
    assert fresh(trip).purpose_text == "Nội dung của tôi"
