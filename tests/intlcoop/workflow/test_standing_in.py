"""Substitutes and travellers: no loop to who is concerned, both names everywhere, nobody abroad decides silently (C4, C5)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from delegations.choices import OutboundState, Part
from intlcoop.people import offices
from intlcoop.people.absent import without_substitute
from intlcoop.people.choices import Rank
from intlcoop.people.models import Substitution
from intlcoop.people.services import record_substitution
from intlcoop.workflow.assignments import waiting_for
from intlcoop.workflow.choices import Outcome, StepKind
from intlcoop.workflow.deciding import decide
from intlcoop.workflow.models import Case, Decision
from intlcoop.workflow.papers import current_paper
from intlcoop.workflow.process import Process
from intlcoop.workflow.refusals import NotAllowed
from tests.delegations import factories as f

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def today() -> dt.date:
    return timezone.localdate()


def away(person, substitute, **fields) -> Substitution:
    given = {"form": "KT", "valid_from": today(), "valid_until": today() + 5 * DAY, "actor": person} | fields
    return record_substitution(person, substitute, **given)


def waiting(person) -> list[str]:
    return [step.case.number for step in waiting_for(person, today())]


def abroad(ministry, name: str, *, first: int = -1, last: int = 3) -> Case:
    """This person travels by a decided trip of another unit."""
    made = f.trip(ministry, filer="luutru", unit="VTLT", head=name, days_ahead=f.FAR + 100)
    type(made).objects.filter(pk=made.pk).update(departs_on=today() + first * DAY, returns_on=today() + last * DAY)
    Case.objects.filter(pk=made.case_id).update(state=OutboundState.TRAVELLING)
    return made.case


def test_the_page_of_a_step_says_for_whom_the_substitute_decides(go, ministry):
    away(ministry.thutruong, ministry.thutruong2, document="77/TB-BDP")
    case = f.submit(f.trip(ministry), ministry)
    step = f.walk_to(case, ministry, kind=StepKind.APPROVE)
    address = reverse("workflow:step", args=[step.pk])
    assert "thay Ngô Đức Nam (KT., văn bản 77/TB-BDP)" in go("thutruong2").get(address).content.decode()
    assert "thay Ngô Đức Nam" not in go("thutruong").get(address).content.decode()


# --- C4: who travels in the file does not decide it ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "rank", "office", "climbs_to"),
    [
        ("lanhdaodonvi", Rank.DIRECTOR, "unit_head", "deputy_minister"),
        ("thutruong", Rank.DEPUTY_MINISTER, "deputy_minister", "minister"),
    ],
)
def test_a_travelling_approver_is_replaced_by_the_next_higher_office(ministry, head, rank, office, climbs_to):
    """A deputy minister who travels as a member leaves the approval to the Minister."""
    members = [f.member(ministry.chuyenvien2, Part.HEAD), f.member(ministry.person(head), rank=rank)]
    case = f.submit(f.trip(ministry, members=members), ministry)
    kind = StepKind.ENDORSE if office == "unit_head" else StepKind.APPROVE
    step = f.walk_to(case, ministry, kind=kind, office=office)
    assert step.acting_office == climbs_to
    with pytest.raises(NotAllowed):
        decide(step, Outcome.AGREE, actor=ministry.person(head))


def test_nobody_decides_in_the_name_of_the_head_who_travels(ministry):
    """The deputy stands in for the head of the unit: not on the trip of that head, which goes to the Deputy Minister."""
    deputy = offices.holders_of("unit_head", ministry.unit("HTQT"), today())
    assert [holder.user for holder in deputy] == [ministry.vutruong]
    members = [f.member(ministry.htqt2, Part.HEAD), f.member(ministry.vutruong, rank=Rank.DIRECTOR)]
    away(ministry.vutruong, ministry.phovutruong)
    case = f.submit(f.trip(ministry, filer="htqt2", unit="HTQT", members=members), ministry, "htqt2")
    step = f.open_step(case)
    assert (step.office, step.acting_office) == ("unit_head", "deputy_minister")
    assert waiting(ministry.phovutruong) == []
    with pytest.raises(NotAllowed):
        decide(step, Outcome.AGREE, actor=ministry.phovutruong)
    other = f.submit(
        f.trip(ministry, filer="htqt2", unit="HTQT", head="htqt2", days_ahead=f.FAR + 30), ministry, "htqt2"
    )
    assert waiting(ministry.phovutruong) == [other.number]
    decide(f.open_step(other), Outcome.AGREE, actor=ministry.phovutruong)


def test_a_substitute_who_filed_the_file_does_not_decide_it(ministry):
    away(ministry.vutruong, ministry.phovutruong)
    case = f.submit(f.trip(ministry, filer="phovutruong", unit="HTQT", head="htqt2"), ministry, "phovutruong")
    assert waiting(ministry.phovutruong) == []
    with pytest.raises(NotAllowed):
        decide(f.open_step(case), Outcome.AGREE, actor=ministry.phovutruong)
    decide(f.open_step(case), Outcome.AGREE, actor=ministry.vutruong)


# --- the scope of a substitution ----------------------------------------------------------------------------------


def test_a_substitute_of_other_kinds_of_files_sees_and_decides_nothing(ministry, monkeypatch):
    from intlcoop.people import registry

    monkeypatch.setattr(registry, "_kinds", [lambda: [("outbound", "Đoàn ra"), ("plan", "Kế hoạch")]])
    case = f.submit(f.trip(ministry), ministry)
    step = f.walk_to(case, ministry, kind=StepKind.APPRAISE, office="icd_head")
    row = away(ministry.vutruong, ministry.phovutruong, kinds=["plan"])
    assert waiting(ministry.phovutruong) == []
    with pytest.raises(NotAllowed):
        decide(step, Outcome.AGREE, actor=ministry.phovutruong)
    Substitution.objects.filter(pk=row.pk).update(kinds=["outbound", "plan"])
    assert waiting(ministry.phovutruong) == [case.number]
    decide(step, Outcome.AGREE, actor=ministry.phovutruong)


def test_two_substitutes_share_the_kinds_but_not_the_same_kind(ministry, monkeypatch):
    from intlcoop.people import registry

    monkeypatch.setattr(registry, "_kinds", [lambda: [("outbound", "Đoàn ra"), ("plan", "Kế hoạch")]])
    away(ministry.botruong, ministry.thutruong, kinds=["outbound"])
    with pytest.raises(ValidationError, match="người thay"):
        away(ministry.botruong, ministry.thutruong2)
    away(ministry.botruong, ministry.thutruong2, kinds=["plan"])
    with pytest.raises(ValidationError, match="loại hồ sơ"):
        away(ministry.vutruong, ministry.phovutruong, kinds=["nonsense"])


def test_whoever_records_it_for_somebody_else_names_the_paper(ministry):
    with pytest.raises(ValidationError, match="số văn bản"):
        away(ministry.vutruong, ministry.phovutruong, actor=ministry.vanthu)
    away(ministry.vutruong, ministry.phovutruong, actor=ministry.vanthu, document="07/QĐ-HTQT")


# --- both names ---------------------------------------------------------------------------------------------------


def test_both_names_stand_on_the_page_in_the_history_and_with_the_signed_paper(go, ministry):
    case = f.submit(f.trip(ministry), ministry)
    f.walk_to(case, ministry, kind=StepKind.SIGN)
    away(ministry.botruong, ministry.thutruong2)
    step = f.open_step(f.fresh(case))
    decide(step, Outcome.AGREE, actor=ministry.thutruong2)
    paper = current_paper(case)
    assert (paper.signatory, paper.signed_for) == (ministry.thutruong2, ministry.botruong.full_name)
    assert paper.signature_lines.splitlines()[0].startswith("KT. BỘ TRƯỞNG")
    for tail in ("", "lich-su/"):
        base = "/doan-ra/" if not tail else "/ho-so/"
        text = go("htqt").get(f"{base}{case.number}/{tail}").text
        assert f"thay {ministry.botruong.full_name} (KT.)" in text
    assert "ký thay (KT.)" in go("htqt").get(f"/doan-ra/{case.number}/").text


# --- away by a trip of this portal --------------------------------------------------------------------------------


def test_a_leader_abroad_without_a_substitute_is_seen_by_leader_and_clerk_until_one_is_named(go, ministry):
    case = abroad(ministry, "vutruong")
    (found,) = without_substitute(today())
    assert (found.person, found.first, found.last, found.number) == (
        ministry.vutruong, today(), today() + 3 * DAY, case.number,
    )  # fmt: skip
    for name, page in (
        ("vutruong", "/"),
        ("vanthu", "/"),
        ("vutruong", "/ho-so-cua-toi/"),
        ("vanthu", "/quan-tri/thay-the/"),
    ):
        assert "chưa có người thay" in go(name).get(page).text, (name, page)
    assert "chưa có người thay" not in go("thutruong").get("/").text
    away(ministry.vutruong, ministry.phovutruong, valid_until=today() + DAY)
    (rest,) = without_substitute(today())
    assert (rest.first, rest.last) == (today() + 2 * DAY, today() + 3 * DAY)
    away(ministry.vutruong, ministry.phovutruong, valid_from=today() + 2 * DAY)
    assert without_substitute(today()) == []


def test_an_official_abroad_and_a_trip_that_is_not_decided_worry_nobody(ministry):
    abroad(ministry, "chuyenvien3")
    case = abroad(ministry, "vutruong")
    Case.objects.filter(pk=case.pk).update(state=OutboundState.IN_APPROVAL)
    assert without_substitute(today()) == []


def test_the_step_says_who_is_abroad_and_the_decision_remembers_it(go, ministry):
    case = f.submit(f.trip(ministry), ministry)
    step = f.walk_to(case, ministry, kind=StepKind.APPRAISE, office="icd_head")
    trip = abroad(ministry, "vutruong")
    assert "đang đi công tác nước ngoài" in go("htqt").get(f"/doan-ra/{case.number}/").text
    text = go("vutruong").get(f"/buoc/{step.pk}/").text
    assert "Ông/Bà đang đi công tác nước ngoài" in text
    decide(step, Outcome.AGREE, actor=ministry.vutruong)
    assert Decision.objects.get(step=step).while_abroad == trip.number
    assert "đang đi công tác nước ngoài (ĐR-" in go("htqt").get(f"/doan-ra/{case.number}/").text


def test_at_home_nothing_is_said(go, ministry):
    case = f.submit(f.trip(ministry), ministry)
    step = f.open_step(case)
    assert "công tác nước ngoài từ" not in go("lanhdaodonvi").get(f"/buoc/{step.pk}/").text
    decide(step, Outcome.AGREE, actor=ministry.lanhdaodonvi)
    assert Decision.objects.get(step=step).while_abroad == ""


# --- pages of the clerk -------------------------------------------------------------------------------------------


def test_the_clerk_records_and_revokes_by_clicking_and_the_link_of_a_warning_fills_the_form(go, ministry):
    abroad(ministry, "vutruong")
    client = go("vanthu")
    text = client.get("/quan-tri/thay-the/").text
    link = f"?nguoi={ministry.vutruong.pk}&amp;tu={today():%Y-%m-%d}"
    assert link in text
    create = reverse("people:substitution_create")
    form = client.get(create, {"nguoi": ministry.vutruong.pk, "tu": "2026-12-01", "den": "x"}).text
    assert "01/12/2026" in form
    sent = {
        "person": ministry.vutruong.pk, "substitute": ministry.phovutruong.pk, "form": "KT", "unit": "",
        "valid_from": f"{today():%d/%m/%Y}", "valid_until": f"{today() + 3 * DAY:%d/%m/%Y}", "document": "",
    }  # fmt: skip
    assert "số văn bản" in client.post(create, sent).text
    assert client.post(create, sent | {"document": "09/QĐ-HTQT"}).status_code == 302
    row = Substitution.objects.get()
    assert row.recorded_by == ministry.vanthu
    assert client.get(row.get_absolute_url()).status_code == 200
    client.post(reverse("people:substitution_revoke", args=[row.pk]))
    assert Substitution.objects.in_force().count() == 0


@pytest.mark.parametrize("who", ["chuyenvien", "htqt", "vutruong", "botruong"])
def test_others_neither_read_nor_keep_the_register(go, who):
    client = go(who)
    assert client.get("/quan-tri/thay-the/").status_code == 403
    assert client.get("/quan-tri/thay-the/them/").status_code == 403


def test_process_asks_once_who_is_abroad(ministry, django_assert_num_queries):
    case = f.submit(f.trip(ministry), ministry)
    process = Process(case)
    with offices.kept_rosters():
        process.acting(process.open[0])
        with django_assert_num_queries(0):
            process.acting(process.open[0])
