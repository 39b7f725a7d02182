"""Writing down acts that leave no row of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.models import SecurityEvent
from intlcoop.audit.requests import RequestFacts
from intlcoop.vietnamese.normalise import nfc

if TYPE_CHECKING:
    from intlcoop.people.models import User

NOWHERE = RequestFacts()


def record_security_event(
    kind: str,
    *,
    actor: User | None,
    where: RequestFacts = NOWHERE,
    target: str = "",
    detail: dict[str, Any] | None = None,
    actor_name: str = "",
) -> SecurityEvent:
    """Add one event to the log.

    `where` comes from `audit.requests.facts_of(request)`. `target` names in words what the act concerned
    ("ĐR-2026-0012 · thu-moi.pdf"), `detail` holds JSON values, never a secret. Call it outside of a transaction that
    may roll back.
    Raises ValueError for an unknown kind.
    """
    return SecurityEvent.objects.create(
        kind=SecurityEventKind(kind),
        actor=actor,
        actor_name=nfc(actor_name or (actor.full_name or actor.username if actor else ""))[:200],
        ip=where.ip,
        url=nfc(where.url)[:500],
        target=nfc(target)[:300],
        detail=(detail or {}) | ({"request": where.request_id} if where.request_id else {}),
    )
