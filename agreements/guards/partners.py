"""May these two partners be merged, this merger be taken back, this partner be taken out of the list?"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from agreements.models import Partner, PartnerMerge
from agreements.queries.partner_links import links, other_links, uses_of
from agreements.queries.tree import ancestors, survivor
from intlcoop.vietnamese.dates import table_date


def cannot_merge(merged: Partner, kept: Partner) -> list[str]:
    """Why `merged` cannot become part of `kept`; [] when nothing is in the way."""
    if merged.pk == kept.pk:
        return [_("A partner cannot be merged into itself. Choose another one.")]
    found = []
    if merged.merged_into_id:
        text = _("“%(name)s” was merged into “%(kept)s” already. Take that merger back first.")
        found.append(text % {"name": merged, "kept": merged.merged_into})
    if kept.merged_into_id:
        final = survivor(kept)
        if final.pk == merged.pk:
            text = _("“%(kept)s” was merged into “%(name)s”: merging the other way round would lead in a circle.")
            found.append(text % {"kept": kept, "name": merged})
        else:
            text = _("“%(kept)s” was merged itself. Choose “%(final)s” instead.")
            found.append(text % {"kept": kept, "final": final})
    kinds = [link.label for link in links() if not link.is_covered and link.rows(merged).exists()]
    for kind in (*kinds, *other_links()):
        text = _(
            "What refers to “%(name)s” cannot all be moved: %(kind)s. Nothing was changed; tell the administrator."
        )
        found.append(text % {"name": merged, "kind": kind})
    return found


def cannot_undo(merge: PartnerMerge, today: dt.date) -> list[str]:
    """Why a merger can no longer be taken back."""
    if merge.undone_at is not None:
        return [_("This merger was taken back already.")]
    if today > merge.undo_until:
        text = _("This merger could be taken back until %(day)s. Since then the partner counts as one.")
        return [text % {"day": table_date(merge.undo_until)}]
    if merge.kept.merged_into_id:
        text = _("“%(kept)s” was merged into “%(final)s” since. Take that later merger back first.")
        return [text % {"kept": merge.kept, "final": merge.kept.merged_into}]
    return []


def cannot_delete(partner: Partner) -> list[str]:
    """What refers to the partner, as sentences; only one that nothing refers to can go."""
    uses = uses_of(partner)
    if not uses:
        return []
    places = "; ".join(f"{label}: {number}" for label, number in uses)
    return [
        _("“%(name)s” is in use and cannot be deleted (%(places)s).") % {"name": partner, "places": places},
        _("Merge it into the right partner, or untick “may be chosen” so that it is no longer offered."),
    ]


def cannot_belong_to(partner: Partner, parent: Partner | None) -> list[str]:
    """A partner belongs to another one, never to itself or to one that belongs to it."""
    if parent is None or partner.pk is None:
        return []
    if parent.pk == partner.pk:
        return [_("A partner cannot belong to itself.")]
    if any(above.pk == partner.pk for above in ancestors(parent)):
        text = _("“%(parent)s” belongs to “%(name)s” already; the other way round would lead in a circle.")
        return [text % {"parent": parent, "name": partner}]
    return []
