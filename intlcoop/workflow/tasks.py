"""Work of each night: opinions whose day has passed are closed, so that silence neither blocks nor consents."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intlcoop.jobs import registry
from intlcoop.jobs.context import JobContext
from intlcoop.jobs.registry import JobKind
from intlcoop.workflow.deciding import close_overdue_opinions

CODE = "close_overdue_opinions"


def run(context: JobContext) -> dict[str, Any]:
    """Looks at everything that is overdue by now, so that a day without a sweeper is made up for."""
    return {"closed": close_overdue_opinions(timezone.localdate())}


KIND = JobKind(code=CODE, label=_("Close overdue opinions"), run=run)


def register() -> None:
    registry.register(KIND)
    registry.register_periodic(CODE, at=dt.time(0, 10))
