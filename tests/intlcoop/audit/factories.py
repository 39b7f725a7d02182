"""Security events for tests."""

from __future__ import annotations

import factory

from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.models import SecurityEvent


class SecurityEventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SecurityEvent

    kind = SecurityEventKind.LOGIN
    actor_name = factory.Sequence(lambda n: f"Người {n}")
    ip = "10.0.0.1"
