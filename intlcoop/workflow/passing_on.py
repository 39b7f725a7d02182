"""What passes on with a unit in this room: the files that somebody has still to decide."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from intlcoop.people.heirs import Estate, register_estate
from intlcoop.workflow.models import Case, Step


def undecided_files(user: Any, ids: set[int]) -> Any:
    waiting = Step.objects.open().filter(case=OuterRef("pk"))
    return Case.objects.visible_to(user).filter(Exists(waiting), unit__in=ids)


def register() -> None:
    register_estate(40, Estate("files", _("Files being decided"), undecided_files, lambda unit: ""))
