"""Each person is told of each event once: one notice, one mail."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from intlcoop.jobs.models import Job
from intlcoop.notifications import services
from intlcoop.notifications.models import Notice
from intlcoop.notifications.services import notify
from tests.intlcoop.jobs.factories import PersonFactory
from tests.intlcoop.notifications.factories import NoticeFactory

EVENT = {"event_key": "case:7:step:3", "subject": "ĐR-2026-0012 chờ thẩm định", "url": "/doan-ra/DR-2026-0012/"}


@pytest.mark.django_db
def test_telling_twice_makes_one_notice_and_one_mail(person):
    assert len(notify([person], **EVENT)) == 1
    assert notify([person], **EVENT) == []
    assert Notice.objects.count() == 1
    notice, mail = Notice.objects.get(), Job.objects.get()
    assert (mail.params, mail.idempotency_key) == ({"notice": notice.pk}, services.mail_key(notice.pk))


@pytest.mark.django_db
def test_a_person_named_twice_is_told_once(person):
    assert len(notify([person, person], **EVENT)) == 1


@pytest.mark.django_db
def test_the_same_event_is_told_to_each_person_and_another_event_again(person):
    notify([person, PersonFactory()], **EVENT)
    notify([person], **EVENT | {"event_key": "case:7:step:4"})
    assert Notice.objects.count() == Job.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_many_who_tell_at_once_tell_once():
    from tests.intlcoop.jobs.test_services import together

    person = PersonFactory()
    new = together(lambda: notify([person], **EVENT), 6)
    assert sorted(len(notices) for notices in new) == [0, 0, 0, 0, 0, 1]
    assert Notice.objects.count() == Job.objects.count() == 1


@pytest.mark.django_db
def test_somebody_without_an_address_finds_the_notice_only_on_the_portal():
    notify([PersonFactory(email="")], **EVENT)
    assert Notice.objects.count() == 1
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_somebody_who_left_is_not_told():
    assert notify([PersonFactory(is_active=False)], **EVENT) == []
    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_cause_that_is_rolled_back_tells_nobody():
    person = PersonFactory()

    @transaction.atomic
    def cause():
        notify([person], **EVENT)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cause()
    assert not Notice.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_everybody_reads_in_their_own_language():
    readers = [PersonFactory(language="en"), PersonFactory(language="vi"), PersonFactory(language="")]
    notify(readers, **EVENT | {"subject": _("Vietnamese")})
    subjects = [Notice.objects.get(recipient=reader).subject for reader in readers]
    assert subjects[0] == "Vietnamese"
    assert subjects[1] == subjects[2]


@pytest.mark.django_db
def test_a_subject_is_one_line_and_not_too_long(person):
    notice = notify([person], **EVENT | {"subject": "Đoàn\r\nBcc: a@b.vn " + "x" * 400})[0]
    assert "\n" not in notice.subject
    assert len(notice.subject) == 300


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["https://example.com/", "//example.com/", "doan-ra/", ""])
def test_a_notice_leads_nowhere_but_to_the_portal(person, url):
    with pytest.raises(ValueError, match="page of the portal"):
        notify([person], **EVENT | {"url": url})
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeFactory(recipient=person, url=url)


@pytest.mark.django_db
def test_an_event_key_that_would_be_cut_is_refused(person):
    with pytest.raises(ValueError, match="more than 200"):
        notify([person], **EVENT | {"event_key": "x" * 201})


@pytest.mark.django_db
def test_a_notice_is_read_by_its_recipient_only(person):
    notice = NoticeFactory(recipient=person)
    services.mark_read(notice, actor=PersonFactory())
    assert Notice.objects.unread().exists()
    services.mark_read(notice, actor=person)
    read_at = Notice.objects.get().read_at
    services.mark_read(notice, actor=person)
    assert Notice.objects.get().read_at == read_at is not None


@pytest.mark.django_db
def test_reading_all_leaves_the_notices_of_others(person):
    NoticeFactory.create_batch(2, recipient=person)
    NoticeFactory()
    assert services.mark_all_read(actor=person) == 2
    assert Notice.objects.unread().count() == 1
