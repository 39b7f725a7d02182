"""Changes of agreements: numbered, on the agreement's own route, with both wordings; what has expired is not changed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements import services
from agreements.choices import AgreementFile, AgreementState, AmendmentState, ChangeAct, Regime, TermKind
from agreements.models import AgreementAmendment
from agreements.queries.amendments import amendment_against
from agreements.workflows import move_with_the_calendar
from intlcoop.workflow import engine
from intlcoop.workflow.models import Case
from intlcoop.workflow.refusals import NotAllowed, Refused
from tests.agreements.signing import fresh, past, walk
from tests.delegations.factories import attachment

pytestmark = pytest.mark.django_db
S, A = AgreementState, AmendmentState
TODAY = timezone.localdate


def asked(ministry, made, act=ChangeAct.AMEND, *, by="chuyenvien", by_partner=False, **fields):
    change = services.open_amendment(made, act, actor=ministry.person(by), by_partner=by_partner)
    values = {"reason": "Hai bên thống nhất."}
    if act == ChangeAct.AMEND:
        values |= {"what": "Điều 3", "old_text": "Mỗi năm một đoàn.", "new_text": "Mỗi năm hai đoàn."}
    if act == ChangeAct.EXTEND:
        values |= {"expires_on": made.expires_on + dt.timedelta(days=365)}
    services.update_amendment(change, actor=change.case.created_by, fields=values | fields)
    return again(change)


def again(change):
    return AgreementAmendment.objects.select_related("case__created_by", "agreement__case").get(pk=change.pk)


def approved(ministry, change):
    engine.fire(change.case, "submit", actor=change.case.created_by)
    assert walk(change.case, ministry).state == A.CLEARED
    return again(change)


def settle(ministry, change, *, name="settle", **fields):
    recorder = ministry.person("htqt")
    attachment(change.case, AgreementFile.NOTE, by=recorder)
    values = {"document_number": "12/BDP-HTQT", "document_on": TODAY(), "effective_on": TODAY()}
    services.write_settlement(change, actor=recorder, fields=values | fields)
    engine.fire(change.case, name, actor=recorder)
    return again(change)


def test_an_amendment_takes_the_route_keeps_both_wordings_and_tells_the_foreign_ministry(ministry):
    made = past(ministry)
    change = approved(ministry, asked(ministry, made))
    (line,) = amendment_against(change.case)
    assert ["".join(piece.text for piece in pieces) for pieces in line.before] == ["Mỗi năm một đoàn."]
    assert [piece.text for piece in line.after[0] if piece.changed] == ["hai"]
    assert "Bộ Ngoại giao" in set(change.case.steps.values_list("body", flat=True))
    change = settle(ministry, change)
    assert (change.case.state, change.position) == (A.IN_FORCE, 1)
    (duty,) = made.case.duties.all()
    assert (duty.code, duty.source, duty.recipient) == ("notify-change", change.case, "Bộ Ngoại giao")
    assert duty.due_on >= TODAY() + dt.timedelta(days=15)
    assert fresh(made).case.status_changes.filter(transition="amend", comment__contains="12/BDP-HTQT").exists()
    second = settle(ministry, approved(ministry, asked(ministry, fresh(made))))
    assert second.position == 2


def test_an_extension_moves_the_term_on_its_day(ministry):
    made = past(ministry, expires_on=TODAY() + dt.timedelta(days=100))
    later = TODAY() + dt.timedelta(days=5)
    change = settle(ministry, approved(ministry, asked(ministry, made, ChangeAct.EXTEND)), effective_on=later)
    assert change.case.state == A.SETTLED
    assert fresh(made).expires_on == made.expires_on
    assert move_with_the_calendar(later) == 1
    assert again(change).case.state == A.IN_FORCE
    assert fresh(made).expires_on == made.expires_on + dt.timedelta(days=365)


def test_what_has_expired_is_not_changed_and_the_sentence_says_what_to_do(ministry):
    made = past(ministry, standing="expired", expires_on=TODAY() - dt.timedelta(days=1))
    with pytest.raises(Refused, match="đã hết hiệu lực"):
        services.open_amendment(made, ChangeAct.AMEND, actor=ministry.person("htqt"))


def test_an_agreement_that_expires_meanwhile_keeps_the_change_from_taking_effect(ministry):
    made = past(ministry, expires_on=TODAY() + dt.timedelta(days=2))
    change = approved(ministry, asked(ministry, made))
    move_with_the_calendar(TODAY() + dt.timedelta(days=3))
    with pytest.raises(Refused, match="đã hết hiệu lực"):
        settle(ministry, change)


def test_suspended_resumed_terminated_each_with_its_document(ministry):
    made = past(ministry)
    settle(ministry, approved(ministry, asked(ministry, made, ChangeAct.SUSPEND)))
    assert fresh(made).case.state == S.SUSPENDED
    with pytest.raises(Refused, match="Tạm đình chỉ"):
        services.open_amendment(fresh(made), ChangeAct.AMEND, actor=ministry.person("htqt"))
    settle(ministry, approved(ministry, asked(ministry, fresh(made), ChangeAct.RESUME)))
    assert fresh(made).case.state == S.IN_FORCE
    change = approved(ministry, asked(ministry, fresh(made), ChangeAct.TERMINATE))
    with pytest.raises(Refused, match="số, ngày"):
        engine.fire(change.case, "settle", actor=ministry.person("htqt"))
    settle(ministry, change)
    ended = fresh(made)
    assert (ended.case.state, ended.ended_on) == (S.TERMINATED, TODAY())
    assert ended.case.duties.filter(code="notify-end").count() == 2


def test_what_the_other_side_did_is_recorded_by_the_icd_and_asks_nobody(ministry):
    made = past(ministry)
    change = asked(ministry, made, ChangeAct.WITHDRAW, by_partner=True)
    with pytest.raises(NotAllowed):
        engine.fire(change.case, "submit", actor=change.case.created_by)
    with pytest.raises(NotAllowed):
        engine.fire(change.case, "register", actor=change.case.created_by)
    settle(ministry, change, name="register")
    assert fresh(made).case.state == S.TERMINATED


def test_one_change_at_a_time_and_a_dropped_one_makes_room(ministry):
    made = past(ministry)
    change = asked(ministry, made)
    with pytest.raises(Refused, match="Đang có một đề nghị thay đổi khác"):
        services.open_amendment(made, ChangeAct.EXTEND, actor=ministry.person("htqt"))
    engine.fire(change.case, "cancel", actor=change.case.created_by, comment="Thôi.")
    assert asked(ministry, made, ChangeAct.EXTEND).position is None


@pytest.mark.parametrize(
    ("act", "fields", "said"),
    [
        (ChangeAct.AMEND, {"new_text": ""}, "nội dung mới"),
        (ChangeAct.EXTEND, {"expires_on": dt.date(2020, 1, 1)}, "phải sau ngày"),
        (ChangeAct.SUSPEND, {"reason": ""}, "lý do"),
    ],
)
def test_a_change_that_says_too_little_is_not_submitted(ministry, act, fields, said):
    change = asked(ministry, past(ministry), act, **fields)
    with pytest.raises(Refused, match=said):
        engine.fire(change.case, "submit", actor=change.case.created_by)


def test_a_treaty_is_changed_by_its_document_alone(ministry):
    made = past(ministry, unit="HTQT", regime=Regime.TREATY, in_name_of="state", kind="treaty_agreement")
    change = asked(ministry, made, ChangeAct.EXTEND, by="htqt", term_kind=TermKind.OPEN_ENDED, expires_on=None)
    settle(ministry, change, name="register")
    assert (fresh(made).term_kind, fresh(made).expires_on) == (TermKind.OPEN_ENDED, None)


def test_by_clicking(go, ministry):
    made = past(ministry)
    client = go("chuyenvien")
    assert "dieu-chinh" in client.get(made.get_absolute_url()).content.decode()
    new = reverse("agreements:amendment_new", args=[made.case.number])
    assert client.get(new).status_code == 200
    edit = client.post(new, {"act": "amend"}).url
    change = AgreementAmendment.objects.get()
    assert change.case.number.startswith("DCTT-")
    data = {
        "version": Case.objects.get(pk=change.case_id).version,
        "procedure": "standard",
        "reason": "Theo thỏa thuận.",
    }
    texts = {"what": "Điều 2", "old_text": "Cũ", "new_text": "Mới"}
    assert client.post(edit, data | texts).status_code == 302
    page = client.get(change.get_absolute_url()).content.decode()
    assert "Điều 2" in page
    assert client.post(edit, data | {"version": 1}).status_code == 409
    assert go("truonghoc").get(change.get_absolute_url()).status_code == 404
    assert go("truonghoc").get(new).status_code == 403
    walked = approved(ministry, again(change))
    settle_url = reverse("agreements:amendment_settle", args=[walked.case.number])
    client = go("htqt")
    said = client.post(settle_url, {"document_number": "5/BDP", "document_on": f"{TODAY():%d/%m/%Y}"}).content.decode()
    assert "từ ngày nào" in said
    assert again(change).document_number == ""
