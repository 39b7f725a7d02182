"""Making one partner of two, and taking it back: every link is moved, written down, and can return (F6)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

import rules
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.choices import LinkOutcome, NameKind
from agreements.guards.partners import cannot_merge, cannot_undo
from agreements.models import MovedLink, Partner, PartnerMerge, PartnerName
from agreements.queries.partner_links import Link, links
from agreements.queries.tree import ancestors
from agreements.services.partners import TEXTS, refresh_names, tell_proposer
from intlcoop.people.models import User
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import parameter
from intlcoop.vietnamese.folding import fold
from intlcoop.workflow.refusals import NotAllowed, Refused

TREE = ("agreements.partner", "parent")


@transaction.atomic
def merge_partners(merged: Partner, kept: Partner, *, actor: User, reason: str = "") -> PartnerMerge:
    """Point everything that refers to `merged` to `kept`, keep its names there, and let its page lead there.

    Raises NotAllowed, Refused with every sentence at once.
    """
    if not rules.has_perm("agreements.merge_partner", actor):
        raise NotAllowed(_("Partners are merged by the department of international cooperation."))
    merged, kept = _locked(merged, kept)
    if problems := cannot_merge(merged, kept):
        raise Refused(problems)
    today = timezone.localdate()
    merge = PartnerMerge.objects.create(
        merged=merged,
        kept=kept,
        reason=reason[:300],
        merged_by=actor,
        undo_until=today + dt.timedelta(days=parameter(ParameterKey.MERGE_UNDO, today).value),
    )
    written = [*_lift_above(merge), *_names_taken_over(merge)]
    for link in links():
        written += _move_all(merge, link)
    MovedLink.objects.bulk_create(written, batch_size=500)
    merged.refresh_from_db()
    merged.merged_into = kept
    merged.save(update_fields=["merged_into"])
    kept.refresh_from_db()
    if kept.is_proposed and not merged.is_proposed:
        kept.is_proposed = False
        kept.save(update_fields=["is_proposed"])
    refresh_names(kept)
    if merged.is_proposed:
        text = _("Your proposal “%(name)s” is “%(kept)s” of the address book; your files lead there now.")
        url = kept.get_absolute_url()
        tell_proposer(merged, f"merged:{merge.pk}", text % {"name": merged, "kept": kept}, url)
    return merge


def _locked(*partners: Partner) -> tuple[Partner, ...]:
    """Both rows, locked in one order whoever asks, as they are now."""
    found = Partner.objects.select_for_update(of=("self",)).order_by("pk").in_bulk([each.pk for each in partners])
    return tuple(found[each.pk] for each in partners)


def _lift_above(merge: PartnerMerge) -> list[MovedLink]:
    """When the kept partner stands somewhere below the merged one, it takes its place in the tree."""
    above = [partner.pk for partner in ancestors(merge.kept)]
    if merge.merged_id not in above:
        return []
    was, became = merge.kept.parent, merge.merged.parent
    Partner.objects.filter(pk=merge.kept_id).update(parent=became)
    return [_line(merge, *TREE, merge.kept_id, LinkOutcome.MOVED, was=was, became=became)]


def _names_taken_over(merge: PartnerMerge) -> list[MovedLink]:
    """The merged partner's own names become other names of the kept one, unless it has them."""
    had = {fold(getattr(merge.kept, name)) for name in TEXTS}
    had |= set(merge.kept.names.values_list("folded", flat=True))
    had |= set(merge.merged.names.values_list("folded", flat=True))
    written = []
    for text in dict.fromkeys(getattr(merge.merged, name) for name in TEXTS):
        folded = fold(text)[:250]
        if folded and folded not in had:
            had.add(folded)
            row = PartnerName.objects.create(partner=merge.kept, name=text, folded=folded, kind=NameKind.MERGED)
            written.append(
                _line(merge, "agreements.partnername", "partner", row.pk, LinkOutcome.MADE, became=merge.kept)
            )
    return written


def _move_all(merge: PartnerMerge, link: Link) -> Iterator[MovedLink]:
    """All at once where nothing stands in the way; else one by one, and what would stand there twice stays aside."""
    keys = list(link.rows(merge.merged).order_by("pk").values_list("pk", flat=True))
    if not keys:
        return
    here = (link.model._meta.label_lower, link.field.name)
    together = _point(link.model, link.field.attname, keys, merge.kept_id)
    for key in keys:
        moved = together or _point(link.model, link.field.attname, [key], merge.kept_id)
        outcome = LinkOutcome.MOVED if moved else LinkOutcome.ASIDE
        yield _line(merge, *here, key, outcome, was=merge.merged, became=merge.kept if moved else merge.merged)


def _point(model: Any, column: str, keys: list[Any], partner_id: int | None) -> bool:
    """Point these rows to the partner; False, with nothing changed, when a rule of the table forbids it."""
    try:
        with transaction.atomic():
            model._base_manager.filter(pk__in=keys).update(**{column: partner_id})
    except IntegrityError:
        return False
    return True


def _line(
    merge: PartnerMerge, model: str, field: str, row: Any, outcome: str, *, was: Partner | None = None, became: Any
) -> MovedLink:
    return MovedLink(merge=merge, model=model, field=field, row=str(row), outcome=outcome, was=was, became=became)


def foretell(merged: Partner, kept: Partner, *, actor: User) -> tuple[list[tuple[str, int, int]], list[str]]:
    """What a merger would do, by doing it and taking it back at once: [(kind, moved, left aside)], and the names kept.

    Raises what `merge_partners` raises.
    """
    with transaction.atomic():
        merge = merge_partners(merged, kept, actor=actor)
        told = told_of(merge), names_kept(merge)
        transaction.set_rollback(True)
    return told


def told_of(merge: PartnerMerge) -> list[tuple[str, int, int]]:
    """[(kind of rows, how many moved, how many left aside)] of a merger."""
    labels = {(link.model._meta.label_lower, link.field.name): link.label for link in links()}
    counted: Counter[tuple[str, str]] = Counter()
    for model, field, outcome in merge.links.values_list("model", "field", "outcome"):
        if outcome != LinkOutcome.MADE:
            counted[labels.get((model, field), model), outcome] += 1
    kinds = dict.fromkeys(kind for kind, _outcome in counted)
    return [(kind, counted[kind, LinkOutcome.MOVED], counted[kind, LinkOutcome.ASIDE]) for kind in kinds]


def names_kept(merge: PartnerMerge) -> list[str]:
    made = merge.links.filter(outcome=LinkOutcome.MADE).values_list("row", flat=True)
    return list(PartnerName.objects.filter(pk__in=[int(row) for row in made]).values_list("name", flat=True))


@transaction.atomic
def undo_merge(merge: PartnerMerge, *, actor: User) -> int:
    """Bring every link back; returns how many could not come, because somebody has changed or deleted the row since.

    Raises NotAllowed, Refused.
    """
    if not rules.has_perm("agreements.merge_partner", actor):
        raise NotAllowed(_("Partners are merged by the department of international cooperation."))
    merge = PartnerMerge.objects.select_for_update(of=("self",)).select_related("kept", "merged").get(pk=merge.pk)
    _locked(merge.merged, merge.kept)
    if problems := cannot_undo(merge, timezone.localdate()):
        raise Refused(problems)
    Partner.objects.filter(pk=merge.merged_id).update(merged_into=None)
    stayed = sum(not _bring_back(line) for line in _last_words(merge))
    merge.undone_by, merge.undone_at = actor, timezone.now()
    merge.save(update_fields=["undone_by", "undone_at"])
    _move_what_was_in_the_way(merge)
    for partner in Partner.objects.filter(pk__in=[merge.merged_id, merge.kept_id]):
        refresh_names(partner)
    return stayed


def _last_words(merge: PartnerMerge) -> list[MovedLink]:
    """The latest line about each row, links to partners before the tree, and the tree from its last move to its first."""
    first: dict[tuple[str, str, str], int] = {}
    latest: dict[tuple[str, str, str], MovedLink] = {}
    for line in merge.links.order_by("pk"):
        key = (line.model, line.field, line.row)
        first.setdefault(key, line.pk)
        latest[key] = line
    return sorted(latest.values(), key=lambda line: -first[line.model, line.field, line.row])


def _bring_back(line: MovedLink) -> bool:
    """Whether the row points again to where it pointed; rows that somebody has since pointed elsewhere are left alone."""
    if line.outcome == LinkOutcome.ASIDE:
        return True
    model = apps.get_model(line.model)
    column = model._meta.get_field(line.field).attname
    if line.outcome == LinkOutcome.MADE:
        gone, _each = model._base_manager.filter(pk=line.row, kind=NameKind.MERGED, **{column: line.became_id}).delete()
        return bool(gone)
    if not model._base_manager.filter(pk=line.row, **{column: line.became_id}).exists():
        return _left_to_a_later_merger(line, model, column)
    if (line.model, line.field) == TREE and _would_circle(int(line.row), line.was):
        return False
    return _point(model, column, [line.row], line.was_id)


def _left_to_a_later_merger(line: MovedLink, model: Any, column: str) -> bool:
    """A row that mergers after this one moved on from there comes back with theirs: the next of them learns to where."""
    here = MovedLink.objects.filter(model=line.model, field=line.field, row=line.row, merge__undone_at__isnull=True)
    later = {each.merge_id: each for each in here.filter(merge__gt=line.merge_id).order_by("pk")}
    moves = {each.was_id: each for each in later.values() if each.outcome == LinkOutcome.MOVED}
    following, at, seen = moves.get(line.became_id), line.became_id, set()
    while at in moves and at not in seen:
        seen.add(at)
        at = moves[at].became_id
    if following is None or not model._base_manager.filter(pk=line.row, **{column: at}).exists():
        return False
    following.pk, following.was = None, line.was
    following.save(force_insert=True)
    return True


def _would_circle(row: int, parent: Partner | None) -> bool:
    return parent is not None and (parent.pk == row or any(above.pk == row for above in ancestors(parent)))


def _move_what_was_in_the_way(merge: PartnerMerge) -> None:
    """Rows and names of other mergers into the same partner that gave way to one that has now gone back take its place."""
    for other in PartnerMerge.objects.in_force().filter(kept=merge.kept_id).select_related("kept", "merged"):
        MovedLink.objects.bulk_create(_names_taken_over(other))
    others = MovedLink.objects.filter(merge__kept=merge.kept_id, merge__undone_at__isnull=True).order_by("pk")
    latest = {(line.model, line.field, line.row): line for line in others.select_related("merge__kept")}
    for line in latest.values():
        if line.outcome != LinkOutcome.ASIDE:
            continue
        model = apps.get_model(line.model)
        column = model._meta.get_field(line.field).attname
        still = model._base_manager.filter(pk=line.row, **{column: line.was_id}).exists()
        if still and _point(model, column, [line.row], line.merge.kept_id):
            line.pk, line.outcome, line.became = None, LinkOutcome.MOVED, line.merge.kept
            line.save()
