"""Writing mechanisms of cooperation, what we are in them, and the domestic documents that answer to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.models import Mechanism
from agreements.querysets import TREE_MARK
from agreements.services.names import list_by_name, take_over
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import Rows, clean, sync_rows

if TYPE_CHECKING:
    from intlcoop.people.models import User


@transaction.atomic
def create_mechanism(
    *, actor: User, fields: Mapping[str, Any], roles: Rows = (), laws: Rows = (), is_sample: bool = False
) -> Mechanism:
    """Raises NotAllowed, Refused (a name that is there already, a circle, a term that ends before it begins)."""
    return _write(Mechanism(is_sample=is_sample), actor, fields, roles, laws)


@transaction.atomic
def update_mechanism(
    mechanism: Mechanism,
    *,
    actor: User,
    fields: Mapping[str, Any],
    roles: Rows | None = None,
    laws: Rows | None = None,
) -> Mechanism:
    """Rows given replace the rows there are. Raises NotAllowed, Refused."""
    return _write(mechanism, actor, fields, roles, laws)


def _write(
    mechanism: Mechanism, actor: User, fields: Mapping[str, Any], roles: Rows | None, laws: Rows | None
) -> Mechanism:
    if not rules.has_perm("agreements.change_mechanism", actor):
        raise NotAllowed(_("The department of international cooperation keeps the list of mechanisms."))
    take_over(mechanism, fields)
    if mechanism.pk is not None and mechanism.parent is not None and _is_under(mechanism.parent, mechanism):
        raise Refused(_("A mechanism cannot belong to one that belongs to it."))
    list_by_name(mechanism)
    clean(mechanism)
    mechanism.save()
    _place(mechanism)
    for manager, field, rows in ((mechanism.roles, "mechanism", roles), (mechanism.laws, "mechanism", laws)):
        if rows is not None:
            sync_rows(manager, field, mechanism, rows)
    return mechanism


def _is_under(mechanism: Mechanism, other: Mechanism) -> bool:
    """Whether it is this other one or hangs below it, however deep."""
    at: Mechanism | None = mechanism
    seen: set[int] = set()
    while at is not None and at.pk not in seen:
        if at.pk == other.pk:
            return True
        seen.add(at.pk)
        at = at.parent
    return False


def _place(mechanism: Mechanism) -> None:
    """Put it where it belongs in the tree, and everything below it with it."""
    above = mechanism.parent
    own = f"{mechanism.sort_key}\x02{mechanism.pk}"
    key, depth = (f"{above.tree_key}{TREE_MARK}{own}", above.depth + 1) if above else (own, 0)
    if (key, depth) == (mechanism.tree_key, mechanism.depth):
        return
    mechanism.tree_key, mechanism.depth = key, depth
    mechanism.save(update_fields=["tree_key", "depth"])
    for child in mechanism.children.all():
        child.parent = mechanism
        _place(child)
