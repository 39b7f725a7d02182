"""A decision per member: agreed to the delegation without one of its members, and every total shows what is left (C9)."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.db.utils import InternalError, NotSupportedError

from delegations.choices import Part
from delegations.guards import warnings
from delegations.services import update_trip
from intlcoop.notifications.models import Notice
from intlcoop.workflow.choices import Outcome, StepKind
from intlcoop.workflow.deciding import decide
from intlcoop.workflow.leaving_out import left_out_of, parts_of
from intlcoop.workflow.models import Case, Decision, LeftOut
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.separation import conflicted_ids
from tests.delegations import factories as f
from tests.intlcoop.workflow.steps import at, upload, url

pytestmark = pytest.mark.django_db

PEOPLE = ("chuyenvien2", "chuyenvien3", "chuyenvien4", "chuyenvien5", "luutru")
REASON = "Đang chủ trì nhiệm vụ đột xuất tại đơn vị."


@pytest.fixture
def five(ministry):
    """A trip of five that waits for the leader's approval."""
    rows = [f.member(ministry.person(name), Part.HEAD if n == 0 else Part.MEMBER) for n, name in enumerate(PEOPLE)]
    made = f.trip(ministry, members=rows)
    case = f.submit(made, ministry)
    return made, at(case, ministry, StepKind.APPROVE)


def key_of(made, username):
    return f"member-{made.members.get(person__username=username).pk}"


def names(made):
    return set(made.members.values_list("person__username", flat=True))


def test_four_of_five_are_approved_and_the_file_goes_on_with_four(ministry, five):
    made, step = five
    decision = decide(step, Outcome.AGREE, actor=ministry.thutruong, left_out={key_of(made, "luutru"): REASON})
    assert names(made) == {*PEOPLE} - {"luutru"}
    assert f.open_step(f.fresh(made.case)).kind == StepKind.DRAFT_DECISION
    (row,) = decision.left_out.all()
    assert (row.reason, row.snapshot["person"]) == (REASON, ministry.luutru.pk)
    # The decision binds what it left, not what it was shown.
    newest = made.case.content_versions.order_by("-number").first()
    assert decision.content_version == newest.number
    assert len(newest.content["people"]) == 4


def test_what_an_earlier_office_decided_stands_and_it_is_told(ministry, five):
    made, step = five
    before = set(Decision.objects.values_list("pk", flat=True))
    decide(step, Outcome.AGREE, actor=ministry.thutruong, left_out={key_of(made, "luutru"): REASON})
    standing = made.case.steps.current().filter(decision__pk__in=before)
    assert standing.count() == len(before)
    told = set(Notice.objects.filter(event_key__startswith="left-out-").values_list("recipient__username", flat=True))
    assert told == {"chuyenvien", "luutru"}


def test_whoever_left_somebody_out_did_not_edit_the_file_and_may_sign(ministry, five):
    made, step = five
    decide(step, Outcome.AGREE, actor=ministry.thutruong, left_out={key_of(made, "luutru"): REASON})
    assert ministry.thutruong.pk not in conflicted_ids(made.case)
    sign = at(made.case, ministry, StepKind.SIGN)
    assert f.agree(sign, ministry, by="thutruong").decided_by == ministry.thutruong


def test_the_one_left_out_still_decides_nothing_and_may_read_the_file(ministry, five):
    made, step = five
    decide(step, Outcome.AGREE, actor=ministry.thutruong, left_out={key_of(made, "luutru"): REASON})
    assert ministry.luutru.pk in conflicted_ids(made.case)
    assert Case.objects.visible_to(ministry.luutru).filter(pk=made.case.pk).exists()


def test_bringing_them_back_reopens_the_decision_that_left_them_out(ministry, five):
    made, step = five
    decide(step, Outcome.AGREE, actor=ministry.thutruong, left_out={key_of(made, "luutru"): REASON})
    rows = [
        {"id": row.pk, "person": row.person, "full_name": row.full_name, "part": row.part, "rank": row.rank}
        for row in made.members.all()
    ]
    update_trip(made, actor=ministry.chuyenvien, members=[*rows, f.member(ministry.luutru)])
    assert [each.office for each in f.open_steps(f.fresh(made.case))] == ["deputy_minister"]
    made.refresh_from_db()
    (warned,) = [finding.text for finding in warnings(made) if finding.code == "left_out"]
    assert REASON in warned


def test_the_head_cannot_be_left_out(five):
    made, step = five
    keys = {part.key for part in parts_of(step)}
    assert key_of(made, "chuyenvien2") not in keys
    assert len(keys) == 4


@pytest.mark.parametrize(
    ("outcome", "left_out", "words"),
    [
        (Outcome.AGREE, {"luutru": "  "}, "Nêu lý do không cử"),
        (Outcome.AGREE, {"chuyenvien2": REASON}, "không thể loại riêng"),
        (Outcome.AGREE, {"": REASON}, "không thể loại riêng"),
        (Outcome.REJECT, {"luutru": REASON}, "khi đồng ý"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_lost(ministry, five, outcome, left_out, words):
    made, step = five
    keys = {key_of(made, name) if name else "member-999999": reason for name, reason in left_out.items()}
    with pytest.raises(Refused) as refused, transaction.atomic():
        decide(step, outcome, actor=ministry.thutruong, comment="Không.", left_out=keys)
    assert words in " ".join(refused.value.reasons)
    assert names(made) == {*PEOPLE}
    assert not LeftOut.objects.exists()


def test_nobody_else_leaves_anybody_out(ministry, five):
    made, step = five
    with pytest.raises(NotAllowed), transaction.atomic():
        decide(step, Outcome.AGREE, actor=ministry.chuyenvien, left_out={key_of(made, "luutru"): REASON})
    assert names(made) == {*PEOPLE}


def test_only_steps_that_bind_people_and_decide_on_substance_leave_out(ministry, five):
    made, step = five
    finance = made.case.steps.get(kind=StepKind.OPINION)
    sign = made.case.steps.get(kind=StepKind.SIGN)
    assert parts_of(step)
    assert parts_of(finance) == parts_of(sign) == ()


def test_on_the_page_a_reason_beside_the_name_is_enough(go, ministry, five):
    made, step = five
    page = go("thutruong").get(url(step)).content.decode()
    assert "Không đồng ý cử một số thành viên" in page
    field = f"khong_cu-{key_of(made, 'luutru')}"
    version = f.fresh(made.case).version
    answer = go("thutruong").post(url(step), {"outcome": "agree", "comment": "", "version": version, field: REASON})
    assert answer.status_code == 302
    assert names(made) == {*PEOPLE} - {"luutru"}
    shown = go("chuyenvien").get(f"/doan-ra/{made.case.number}/").content.decode()
    assert "Không được đồng ý cử đi" in shown
    assert REASON in shown
    assert "Đồng ý, trừ: Hồ Diệu Mai" in shown


def test_a_decision_on_paper_leaves_out_too(go, ministry, five):
    made, step = five
    field = f"khong_cu-{key_of(made, 'luutru')}"
    data = {
        "decided_by": ministry.thutruong.pk,
        "decided_on": "",
        "outcome": "agree",
        "comment": "Đồng ý cử 4 người.",
        field: REASON,
        "scan": upload(),
    }
    from django.utils import timezone

    data["decided_on"] = f"{timezone.localdate():%d/%m/%Y}"
    answer = go("vanthu").post(url(step, "ghi-nhan/"), data)
    assert answer.status_code == 302, answer.content.decode()
    assert names(made) == {*PEOPLE} - {"luutru"}


def test_what_was_left_out_is_never_rewritten(ministry, five):
    made, step = five
    decide(step, Outcome.AGREE, actor=ministry.thutruong, left_out={key_of(made, "luutru"): REASON})
    (row,) = left_out_of(made.case)
    row.reason = "Khác"
    with pytest.raises((InternalError, NotSupportedError)), transaction.atomic():
        row.save()
