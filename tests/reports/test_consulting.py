"""Units comment on the draft of a report, the department answers, the round is closed (W000-06)."""

from __future__ import annotations

import datetime as dt

import pytest

from intlcoop.notifications.models import Notice
from intlcoop.workflow import engine
from intlcoop.workflow.refusals import NotAllowed, Refused
from reports.exports import printing
from reports.models import CommentRound, UnitOpinion
from reports.services import answer_opinion, freeze, say_opinion
from reports.workflows import consult_units, move, refresh_figures
from tests.reports.factories import fresh, ordered, past_trip

pytestmark = pytest.mark.django_db
SOON = dt.date.today() + dt.timedelta(days=7)


@pytest.fixture
def report(ministry, monkeypatch):
    monkeypatch.setattr(printing, "render", lambda report, snapshot: b"%PDF %%EOF")
    past_trip(ministry, "Đoàn đi Lào", countries=("LA",), planned=True, departs=dt.date(2026, 4, 1))
    found = ordered(ministry)
    freeze(found)
    found.job.state = "done"
    type(found.job).objects.filter(pk=found.job_id).update(state="done", finished_at="2026-01-01T00:00:00Z")
    move(found.case, "finish")
    return fresh(found)


@pytest.fixture
def opinion(ministry, report):
    consult_units(report, SOON, units=[ministry.unit("CSDP")], actor=ministry.htqt, message="Đề nghị góp ý.")
    return UnitOpinion.objects.get()


def test_the_draft_is_open_to_the_units_asked_until_the_round_is_closed(client, ministry, report, opinion):
    def status(who):
        client.force_login(ministry.person(who))
        return client.get(report.get_absolute_url()).status_code

    assert fresh(report).case.state == "consulting"
    assert Notice.objects.filter(recipient=ministry.lanhdaodonvi, url__endswith="/gop-y/").exists()
    assert (status("lanhdaodonvi"), status("chuyenvien"), status("truonghoc")) == (200, 200, 404)
    engine.fire(fresh(report).case, "end_consultation", actor=ministry.htqt)
    assert (fresh(report).case.state, status("lanhdaodonvi")) == ("ready", 404)
    assert CommentRound.objects.get().closed_at


def test_a_comment_and_its_answer(ministry, report, opinion):
    with pytest.raises(Refused):
        answer_opinion(opinion, "Tiếp thu.", actor=ministry.htqt)
    with pytest.raises(Refused):
        say_opinion(opinion, agrees=False, text=" ", actor=ministry.lanhdaodonvi)
    for who in ("chuyenvien", "truonghoc", "htqt"):
        with pytest.raises(NotAllowed):
            say_opinion(opinion, agrees=True, text="", actor=ministry.person(who))
    say_opinion(opinion, agrees=False, text="Bổ sung đoàn đi Lào.", actor=ministry.lanhdaodonvi)
    answer_opinion(opinion, "Tiếp thu.", actor=ministry.htqt)
    with pytest.raises(NotAllowed):
        answer_opinion(opinion, "Không.", actor=ministry.lanhdaodonvi)

    kept = UnitOpinion.objects.get()
    assert (kept.text, kept.reply, kept.said_by) == ("Bổ sung đoàn đi Lào.", "Tiếp thu.", ministry.lanhdaodonvi)


def test_a_closed_round_takes_no_comment(ministry, report, opinion):
    engine.fire(fresh(report).case, "end_consultation", actor=ministry.htqt)

    with pytest.raises(Refused):
        say_opinion(opinion, agrees=True, text="", actor=ministry.lanhdaodonvi)


def test_figures_stay_and_nothing_is_submitted_while_units_comment(ministry, report, opinion):
    with pytest.raises(Refused):
        refresh_figures(fresh(report), actor=ministry.htqt)
    assert "submit" not in {each.name for each in engine.offered(fresh(report).case, ministry.htqt)}


@pytest.mark.parametrize("wrong", [{"due_on": dt.date(2020, 1, 1)}, {"units": []}])
def test_a_round_that_cannot_be_is_refused_whole(ministry, report, wrong):
    values = {"due_on": SOON, "units": [ministry.unit("CSDP")]} | wrong

    with pytest.raises(Refused):
        consult_units(report, **values, actor=ministry.htqt)
    assert fresh(report).case.state == "ready"
    assert not CommentRound.objects.exists()


def test_the_pages(client, ministry, report, opinion):
    base = f"{report.get_absolute_url()}gop-y/"
    client.force_login(ministry.lanhdaodonvi)
    assert client.get(base).status_code == 200
    assert client.post(f"{base}{opinion.pk}/", {"text": "<b>x</b>"}).status_code == 302
    assert "&lt;b&gt;x" in client.get(base).text
    assert client.get(f"{base}{opinion.pk}/tra-loi/").status_code == 403
    assert client.get(f"{base}moi/").status_code == 403
    client.force_login(ministry.htqt)
    assert client.post(f"{base}{opinion.pk}/tra-loi/", {"reply": "Tiếp thu."}).status_code == 302
    assert client.get(base).status_code == 200
    assert client.get(f"{base}{opinion.pk}/").status_code == 403
    engine.fire(fresh(report).case, "end_consultation", actor=ministry.htqt)
    values = {"due_on": f"{SOON:%d/%m/%Y}", "units": [ministry.unit("CSDP").pk]}
    assert client.post(f"{base}moi/", values).status_code == 302
    client.force_login(ministry.truonghoc)
    assert client.get(base).status_code == 404
