"""The one mail about a notice: what stands in it, what a repeat looks like, and what happens when it cannot leave."""

from __future__ import annotations

import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from intlcoop.jobs import runner
from intlcoop.jobs.choices import JobState
from intlcoop.jobs.models import Job
from intlcoop.notifications import invariants, mails
from intlcoop.notifications.models import Notice
from intlcoop.notifications.services import notify
from tests.intlcoop.jobs.factories import PersonFactory
from tests.intlcoop.notifications.factories import NoticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(person):
    notify(
        [person],
        event_key="case:7:step:3",
        subject="ĐR-2026-0012: Thái Lan, hạn 25/11/2026",
        body="Đồng chí được giao thẩm định.",
        url="/doan-ra/DR-2026-0012/",
    )
    return Job.objects.get()


def test_the_mail_says_what_waits_and_where(job, person, settings):
    settings.PUBLIC_URL = "https://htqt.example.vn/"
    runner.run_job(job.pk)
    sent = mail.outbox[0]
    assert sent.to == [person.email]
    assert sent.subject == "ĐR-2026-0012: Thái Lan, hạn 25/11/2026"
    assert "https://htqt.example.vn/doan-ra/DR-2026-0012/" in sent.body
    assert "Đồng chí được giao thẩm định." in sent.body
    assert sent.message()["Auto-Submitted"] == "auto-generated"
    job.refresh_from_db()
    assert job.result == {"sent": True, "message_id": sent.message()["Message-ID"]}


def test_texts_are_printed_as_they_are():
    notice = NoticeFactory(body='Đoàn "Á & Âu" <số 1>')
    assert notice.body in mails.compose(notice).body


def test_a_repeat_of_the_same_mail_is_recognised_by_its_id():
    first = NoticeFactory()
    again = Notice(recipient=first.recipient, event_key=first.event_key)
    other = NoticeFactory(event_key=first.event_key)
    assert mails.message_id(first) == mails.message_id(again) != mails.message_id(other)


def test_a_second_message_to_the_worker_sends_no_second_mail(job):
    for _time in range(20):
        runner.run_job(job.pk)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_somebody_who_left_meanwhile_gets_no_mail(job, person, change):
    type(person).objects.filter(pk=person.pk).update(**change)
    runner.run_job(job.pk)
    job.refresh_from_db()
    assert (mail.outbox, job.state) == ([], JobState.DONE)


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError(),
        TimeoutError(),
        smtplib.SMTPServerDisconnected(),
        smtplib.SMTPAuthenticationError(535, b"no"),
        smtplib.SMTPRecipientsRefused({"a@b.vn": (550, b"unknown")}),
        smtplib.SMTPDataError(554, b"spam"),
    ],
)
def test_a_mail_that_cannot_leave_is_tried_three_times_and_then_explained(job, monkeypatch, error):
    def refuse(self, messages):
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    for attempt in (1, 2, 3):
        Job.objects.update(next_attempt_at=None)
        assert runner.run_job(job.pk)
        job.refresh_from_db()
        assert job.attempt == attempt
    assert job.state == JobState.FAILED
    assert job.failure_reason == mails.failure_sentence(error)
    assert mails.describe(job) == f"{Notice.objects.get().recipient} · {Notice.objects.get().subject}"


def test_a_mail_goes_out_once_the_server_is_back(job, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", lambda self, messages: (_ for _ in ()).throw(OSError()))
        runner.run_job(job.pk)
    Job.objects.update(next_attempt_at=None)
    runner.run_job(job.pk)
    job.refresh_from_db()
    assert (len(mail.outbox), job.state, job.failure_reason) == (1, JobState.DONE, "")


def test_telling_twice_is_a_breach_of_the_invariant(job):
    assert [finding.ok for finding in invariants.told_once()] == [True, True]
    Job.objects.create(kind="mail", params=job.params, params_sha256="x", idempotency_key="another")
    assert [finding.ok for finding in invariants.told_once()] == [True, False]


def test_an_english_reader_gets_an_english_frame():
    notice = NoticeFactory(recipient=PersonFactory(language="en"))
    assert "Open the file:" in mails.compose(notice).body
