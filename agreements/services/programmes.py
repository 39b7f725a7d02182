"""Writing schemes and programmes that trips, agreements, commitments and projects serve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from agreements.models import Programme
from agreements.services.names import list_by_name, take_over
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import clean

if TYPE_CHECKING:
    from intlcoop.people.models import User


@transaction.atomic
def save_programme(
    programme: Programme | None, *, actor: User, fields: Mapping[str, Any], is_sample: bool = False
) -> Programme:
    """A new one for None. Raises NotAllowed, Refused (a name that is there already, years the wrong way round)."""
    _ask(actor)
    programme = programme or Programme(is_sample=is_sample)
    take_over(programme, fields)
    symbol = programme.instrument.symbol if programme.instrument else ""
    list_by_name(programme, symbol)
    clean(programme)
    programme.save()
    return programme


@transaction.atomic
def delete_programme(programme: Programme, *, actor: User) -> None:
    """Take out one that nothing serves, such as one typed by mistake. Raises NotAllowed, Refused."""
    _ask(actor)
    try:
        programme.delete()
    except ProtectedError as error:
        raise Refused(
            _(
                "Files serve this scheme or programme, so it stays. If it should not be chosen any more, say so in its form."
            )
        ) from error


def _ask(actor: User) -> None:
    if not rules.has_perm("agreements.change_programme", actor):
        raise NotAllowed(_("The department of international cooperation keeps the list of schemes and programmes."))
