"""The life of a commitment, and who may do what with it."""

from __future__ import annotations

import datetime as dt

import pytest
import rules
from django.core.files.base import ContentFile

from agreements.models import Commitment
from agreements.services import create_commitment, update_commitment
from agreements.workflows import claim_commitment
from intlcoop.notifications.models import Notice
from intlcoop.regulations.queries import calendar
from intlcoop.workflow import engine
from intlcoop.workflow.models import Case, CaseComment
from intlcoop.workflow.recording import Upload
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from tests.agreements.promises import claimed, fresh, kept, promise
from tests.intlcoop.documents import samples
from tests.ministry import ACCOUNTS

pytestmark = pytest.mark.django_db


def test_a_commitment_says_where_it_was_made_and_who_is_told(ministry):
    made = promise(ministry)
    assert made.case.number.startswith("CK-")
    assert made.case.state == "open"
    assert Notice.objects.filter(recipient=ministry.chuyenvien, url=made.get_absolute_url()).count() == 1
    with pytest.raises(Refused, match="phát sinh"):
        promise(ministry, source_text="")
    with pytest.raises(Refused, match="người khác"):
        promise(ministry, verifier=ministry.chuyenvien)
    assert Commitment.objects.count() == 1


def test_a_unit_writes_for_itself_and_the_department_for_all(ministry):
    fields = {"source_text": "Họp"}
    create_commitment("Của mình", ministry.unit("CSDP"), actor=ministry.chuyenvien, fields=fields)
    create_commitment("Của đơn vị khác", ministry.unit("CSDP"), actor=ministry.thutruong, fields=fields)
    for person in ("truonghoc", "quantri", "kiemtoan"):
        with pytest.raises(NotAllowed):
            create_commitment("Của người", ministry.unit("CSDP"), actor=ministry.person(person), fields=fields)


def test_claim_needs_result_day_and_evidence_all_at_once(ministry):
    made = promise(ministry)
    with pytest.raises(Refused) as refused:
        claim_commitment(made, actor=ministry.chuyenvien, result=" ", done_on=None)
    assert len(refused.value.reasons) == 3
    tomorrow = dt.date(2099, 1, 1)
    with pytest.raises(Refused, match="tương lai"):
        claim_commitment(made, actor=ministry.chuyenvien, result="Xong", done_on=tomorrow, domestic_document="Số 1")
    assert fresh(made).case.state == "open"
    assert fresh(made).result == ""


def test_evidence_is_kept_with_the_file_and_goes_with_a_refusal(ministry):
    made, actor = promise(ministry), ministry.chuyenvien
    evidence = Upload(file=ContentFile(samples.pdf(), name="bien-ban.pdf"))
    with pytest.raises(Refused):
        claim_commitment(made, actor=actor, result="", done_on=dt.date(2026, 1, 5), evidence=evidence)
    assert not made.case.attachments.exists()
    evidence = Upload(file=ContentFile(samples.pdf(), name="bien-ban.pdf"))
    claim_commitment(made, actor=actor, result="Xong", done_on=dt.date(2026, 1, 5), evidence=evidence)
    assert [row.kind for row in made.case.attachments.all()] == ["evidence"]


def test_nobody_verifies_what_they_see_to_or_reported(ministry):
    """Whatever office they hold: the ICD's officer who reported it, the head who sees to it."""
    by_icd = claimed(ministry, promise(ministry), by="htqt")
    by_owner = claimed(ministry, promise(ministry, owner=ministry.vutruong, writer="htqt"), by="vutruong")
    for case, person in ((by_icd.case, ministry.htqt), (by_owner.case, ministry.vutruong)):
        assert not rules.has_perm("agreements.verify_commitment", person, case)
        with pytest.raises(NotAllowed):
            engine.fire(case, "verify", actor=person)
    engine.fire(by_icd.case, "verify", actor=ministry.vutruong)
    assert fresh(by_icd).case.state == "kept"


def test_the_owner_does_not_verify_what_a_colleague_reported(ministry):
    made = claimed(ministry, promise(ministry, owner=ministry.lanhdaodonvi), by="chuyenvien")
    assert not rules.has_perm("agreements.verify_commitment", ministry.lanhdaodonvi, made.case)


def test_the_head_verifies_only_where_nobody_is_named(ministry):
    unnamed, named = promise(ministry), promise(ministry, verifier=ministry.htqt)
    for made, may in ((unnamed, True), (named, False)):
        assert (
            rules.has_perm("agreements.verify_commitment", ministry.lanhdaodonvi, claimed(ministry, made).case) is may
        )


def test_sent_back_and_reopened_it_is_open_again_without_its_day(ministry):
    made = claimed(ministry, promise(ministry))
    with pytest.raises(Refused):
        engine.fire(made.case, "send_back", actor=ministry.htqt)
    engine.fire(made.case, "send_back", actor=ministry.htqt, comment="Thiếu danh sách cán bộ.")
    again = fresh(made)
    assert (again.case.state, again.done_on) == ("open", None)
    done = kept(ministry, again)
    assert done.done_on == dt.date(2026, 1, 5)
    engine.fire(done.case, "reopen", actor=ministry.htqt, comment="Đối tác báo chưa nhận.")
    assert (fresh(made).case.state, fresh(made).done_on) == ("open", None)


def test_only_the_department_drops_with_a_reason(ministry):
    made = promise(ministry)
    for person in ("chuyenvien", "lanhdaodonvi", "botruong", "quantri"):
        with pytest.raises(NotAllowed):
            engine.fire(made.case, "drop", actor=ministry.person(person), comment="Không cần nữa")
    engine.fire(made.case, "drop", actor=ministry.htqt, comment="Đối tác đã giải thể.")
    assert fresh(made).case.state == "dropped"


def test_a_later_day_needs_a_reason_that_stays_with_the_file(ministry):
    made, later = promise(ministry), dt.date(2091, 1, 1)
    with pytest.raises(Refused, match="lùi"):
        update_commitment(made, actor=ministry.chuyenvien, title=made.case.title, fields={"due_on": later})
    update_commitment(
        made, actor=ministry.chuyenvien, title="Tên mới", fields={"due_on": later}, due_reason="Đối tác lùi khóa học"
    )
    assert "Đối tác lùi khóa học" in CaseComment.objects.get(case=made.case).text
    assert (fresh(made).due_on, fresh(made).case.title) == (later, "Tên mới")
    with pytest.raises(Conflict):
        update_commitment(made, actor=ministry.chuyenvien, title="x", fields={}, expected_version=1)


def test_units_of_owner_and_verifier_read_and_others_do_not(ministry):
    """The list and the right say the same for every account."""
    made = promise(ministry, unit="HTQT", owner=ministry.truonghoc, verifier=ministry.htqt)
    readers = set()
    for name in ACCOUNTS:
        person = ministry.person(name)
        listed = Commitment.objects.visible_to(person).filter(pk=made.pk).exists()
        assert listed == rules.has_perm("workflow.view_case", person, Case.objects.get(pk=made.case_id)), name
        if listed:
            readers.add(name)
    assert {"truonghoc", "htqt", "vutruong", "botruong", "thutruong", "kiemtoan", "quantri"} <= readers
    assert not {"chuyenvien", "taichinh", "vanthu", "lanhdaodonvi"} & readers


def test_overdue_is_what_nobody_reported_by_the_working_day(ministry):
    late, far = promise(ministry, due_on=dt.date(2026, 1, 7)), promise(ministry)
    claimed(ministry, promise(ministry, due_on=dt.date(2026, 1, 7)))
    found = Commitment.objects.overdue(dt.date(2026, 1, 8), calendar())
    assert list(found) == [late]
    assert not Commitment.objects.overdue(dt.date(2026, 1, 7), calendar())
    assert far not in found
