"""Notices and the people who get them."""

from __future__ import annotations

import factory

from intlcoop.notifications.models import Notice
from tests.intlcoop.jobs.factories import PersonFactory


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    recipient = factory.SubFactory(PersonFactory)
    event_key = factory.Sequence(lambda n: f"case:{n}:step:1")
    subject = "ĐR-2026-0012: Thái Lan, 01/12/2026 – 04/12/2026, hạn 25/11/2026"
    body = "Hồ sơ chờ đồng chí thẩm định."
    url = "/doan-ra/DR-2026-0012/"
