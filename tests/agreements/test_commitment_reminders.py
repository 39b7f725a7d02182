"""Who is reminded of a commitment on which morning."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from agreements.notifications import due_commitments, to_verify
from intlcoop.workflow.models import StatusChange
from tests.agreements.promises import claimed, promise

pytestmark = pytest.mark.django_db

#: Tuesday 7 January 2025: a working day.
DUE = dt.date(2025, 1, 7)


def said(source, day: dt.date) -> set[tuple[str, str, str]]:
    return {(each.person.username, each.section, each.key.rsplit("-", 1)[-1]) for each in source(day)}


def test_before_on_the_day_and_every_week_after(ministry):
    promise(ministry, due_on=DUE)
    assert said(due_commitments, DUE - dt.timedelta(days=15)) == set()
    assert said(due_commitments, DUE - dt.timedelta(days=14)) == {("chuyenvien", "soon", "soon")}
    assert said(due_commitments, DUE - dt.timedelta(days=1)) == {("chuyenvien", "soon", "soon")}
    assert said(due_commitments, DUE) == {("chuyenvien", "today", "today")}
    assert said(due_commitments, DUE + dt.timedelta(days=1)) == {("chuyenvien", "overdue", "0")}
    weeks = {key for n in range(7, 14) for _who, section, key in said(due_commitments, DUE + dt.timedelta(days=n))
             if section == "overdue"}  # fmt: skip
    assert weeks == {"1"}


def test_the_head_hears_of_it_once_when_it_stays_overdue(ministry):
    promise(ministry, due_on=DUE)
    assert ("lanhdaodonvi", "others", "escalated") in said(due_commitments, DUE + dt.timedelta(days=7))
    assert ("lanhdaodonvi", "others", "escalated") not in said(due_commitments, DUE + dt.timedelta(days=1))


def test_a_due_day_on_a_day_off_waits_for_the_next_working_day(ministry):
    promise(ministry, due_on=dt.date(2025, 1, 11))  # a Saturday
    assert said(due_commitments, dt.date(2025, 1, 13)) == {("chuyenvien", "today", "today")}
    assert said(due_commitments, dt.date(2025, 1, 14)) == {("chuyenvien", "overdue", "0")}


def test_without_an_owner_the_writer_is_reminded_and_the_words_say_what(ministry):
    promise(ministry, "Gửi tài liệu", due_on=DUE, owner=None)
    (only,) = due_commitments(DUE)
    assert only.person == ministry.htqt
    assert "Gửi tài liệu" in only.text()
    assert "07/01/2025" in only.text()


def test_what_is_reported_reminds_nobody_but_the_verifier_every_week(ministry):
    made = claimed(ministry, promise(ministry, due_on=DUE, verifier=ministry.htqt))
    assert not list(due_commitments(DUE + dt.timedelta(days=3)))
    since = timezone.localdate(StatusChange.objects.get(case=made.case, transition="claim").at)
    assert not list(to_verify(since + dt.timedelta(days=6)))
    assert said(to_verify, since + dt.timedelta(days=7)) == {("htqt", "overdue", "1")}
    assert said(to_verify, since + dt.timedelta(days=15)) == {("htqt", "overdue", "2")}


def test_without_a_named_verifier_the_head_is_asked_and_never_the_owner(ministry):
    made = claimed(ministry, promise(ministry, due_on=DUE, owner=ministry.lanhdaodonvi))
    since = timezone.localdate(StatusChange.objects.get(case=made.case, transition="claim").at)
    people = {each.person.username for each in to_verify(since + dt.timedelta(days=8))}
    assert people
    assert "lanhdaodonvi" not in people
