"""Writing, putting in force, switching and withdrawing route rules.

What holds is never edited: a change is a draft first, and put in force it begins on a later day and ends the version
before. So a file that was submitted keeps its route and its citations, and both versions stay readable.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from intlcoop.vietnamese.folding import fold
from intlcoop.workflow import notices, registry
from intlcoop.workflow.models import RouteRule, RouteRuleStep, Step
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from intlcoop.workflow.route_checks import findings_of

if TYPE_CHECKING:
    from intlcoop.people.models import User

ONE_DAY = dt.timedelta(days=1)
#: What an author writes; kind, code and version are the portal's.
WRITTEN = ("title", "role", "priority", "is_enabled", "instrument", "citation", "needs_check", "conditions")
STEP_FIELDS = ("order", "kind", "office", "body", "due_working_days", "binds", "citation", "only_if_disagreed")


@transaction.atomic
def create_rule(kind: str, title: str, role: str, *, actor: User, like: RouteRule | None = None) -> RouteRule:
    """A new rule as a draft, empty or with the conditions and steps of another one."""
    _check_right(actor)
    if registry.get(kind).facts is None:
        raise Refused(_("Files of this kind walk no route."))
    base = like or RouteRule(citation="", priority=100, needs_check=True)
    made = RouteRule.objects.create(
        kind=kind,
        code=_free_code(kind, title),
        title=title,
        role=role,
        priority=base.priority,
        conditions=base.conditions,
        instrument=base.instrument,
        citation=base.citation,
        needs_check=base.needs_check,
        is_draft=True,
        valid_from=timezone.localdate() + ONE_DAY,
        changed_by=actor,
    )
    _copy_steps(like, made)
    return made


@transaction.atomic
def draft_version(rule: RouteRule, *, actor: User) -> RouteRule:
    """A draft of the next version of a rule, to be changed and tried; the one that exists if there is one."""
    _check_right(actor)
    _lock_kind(rule.kind)
    waiting = RouteRule.objects.filter(kind=rule.kind, code=rule.code, is_draft=True).first()
    return waiting or _copy(rule, actor=actor, is_draft=True, valid_from=timezone.localdate() + ONE_DAY)


@transaction.atomic
def save_draft(
    draft: RouteRule, fields: Mapping[str, Any], steps: Sequence[Mapping[str, Any]], *, actor: User, seen: str = ""
) -> RouteRule:
    """Write a draft anew. Raises Conflict when somebody else wrote since the page was shown, or it is in force by now."""
    _check_right(actor)
    locked = _lock_draft(draft)
    if seen and seen != fingerprint(locked):
        raise Conflict(_("Somebody else changed this draft in the meantime. Look at it as it is now."))
    for name in WRITTEN:
        if name in fields:
            setattr(locked, name, fields[name])
    locked.changed_by = actor
    locked.save()
    locked.steps.all().delete()
    for values in sorted(steps, key=lambda row: row["order"]):
        RouteRuleStep.objects.create(rule=locked, **{name: values[name] for name in STEP_FIELDS if name in values})
    return locked


@transaction.atomic
def publish_rule(
    draft: RouteRule, *, valid_from: dt.date, reason: str, actor: User, valid_until: dt.date | None = None
) -> RouteRule:
    """Put a draft in force from a day on; the version before ends the day before.

    Raises Refused with everything that stands in the way: a past day, no reason, a version that is announced already, steps
    that make no route, files left without one.
    """
    _check_right(actor)
    _lock_kind(draft.kind)
    locked = _lock_draft(draft)
    locked.valid_from, locked.valid_until, locked.reason = valid_from, valid_until, reason.strip()
    locked.changed_by = actor
    refusals = [*_wrong_days(locked), *findings_of(locked, valid_from).refusals]
    if not locked.reason:
        refusals.append(_("Say why, so that a later reader understands the change."))
    if refusals:
        raise Refused(refusals)
    locked.published_on = timezone.localdate()
    put_in_force(locked)
    notices.tell_of_route(locked, actor=actor)
    return locked


def put_in_force(rule: RouteRule) -> None:
    """End what holds on the first day of this rule and let it hold. No question is asked: the test screen uses it too."""
    versions = RouteRule.objects.published().filter(kind=rule.kind, code=rule.code).exclude(pk=rule.pk)
    versions.filter(valid_from__lt=rule.valid_from).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=rule.valid_from)
    ).update(valid_until=rule.valid_from - ONE_DAY)
    last = versions.aggregate(last=Max("version"))["last"] or 0
    rule.version = max(rule.version, last + 1)
    rule.is_draft = False
    rule.save()


@transaction.atomic
def switch_rule(rule: RouteRule, *, enabled: bool, valid_from: dt.date, reason: str, actor: User) -> RouteRule:
    """Switch a rule on or off from a day on, as a new version: files submitted before keep their route."""
    _check_right(actor)
    _lock_kind(rule.kind)
    if rule.is_draft or rule.is_enabled == enabled:
        raise Conflict(_("This rule has been switched already. Look at it as it is now."))
    copy = _copy(rule, actor=actor, is_draft=True, valid_from=valid_from, is_enabled=enabled)
    return publish_rule(copy, valid_from=valid_from, reason=reason, actor=actor)


@transaction.atomic
def withdraw_rule(rule: RouteRule, *, actor: User) -> RouteRule:
    """Take back a version that does not hold yet: it is a draft again, and the version before goes on."""
    _check_right(actor)
    _lock_kind(rule.kind)
    locked: RouteRule = RouteRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if locked.is_draft or locked.valid_from <= timezone.localdate():
        raise Refused(_("Only a version that does not hold yet can be taken back. End it with a new version."))
    before = RouteRule.objects.published().filter(kind=locked.kind, code=locked.code).exclude(pk=locked.pk)
    locked.is_draft, locked.published_on = True, None
    locked.save()
    before.filter(valid_until=locked.valid_from - ONE_DAY).update(valid_until=None)
    return locked


@transaction.atomic
def discard_draft(draft: RouteRule, *, actor: User) -> None:
    """Throw a draft away; the history keeps it."""
    _check_right(actor)
    _lock_draft(draft).delete()


def files_under(rule: RouteRule) -> int:
    """How many files have a step by this version."""
    steps = Step.objects.filter(rule_code=rule.code, rule_version=rule.version, case__kind=rule.kind)
    return steps.values("case").distinct().count()


def fingerprint(rule: RouteRule) -> str:
    """What a draft says, so that a page can tell whether somebody changed it meanwhile."""
    written = [str(getattr(rule, name if name != "instrument" else "instrument_id")) for name in WRITTEN]
    steps = [[str(getattr(step, name)) for name in STEP_FIELDS] for step in rule.steps.all()]
    return hashlib.sha256(json.dumps([written, steps]).encode()).hexdigest()


def _wrong_days(rule: RouteRule) -> list[str]:
    found = []
    if rule.valid_from <= timezone.localdate():
        found.append(
            _("A change begins tomorrow at the earliest, so that files submitted today keep the route they have.")
        )
    if rule.valid_until is not None and rule.valid_until < rule.valid_from:
        found.append(_("The last day cannot be before the first."))
    later = RouteRule.objects.published().filter(kind=rule.kind, code=rule.code, valid_from__gte=rule.valid_from)
    if announced := later.exclude(pk=rule.pk).order_by("valid_from").first():
        values = {"version": announced.version, "day": f"{announced.valid_from:%d/%m/%Y}"}
        found.append(
            _("Version %(version)s is announced from %(day)s on. Take it back first, or choose a later day.") % values
        )
    return found


def _copy(rule: RouteRule, *, actor: User, **changes: Any) -> RouteRule:
    last = RouteRule.objects.filter(kind=rule.kind, code=rule.code).aggregate(last=Max("version"))["last"]
    values = {name: getattr(rule, name) for name in WRITTEN} | {"changed_by": actor, "version": last + 1} | changes
    made = RouteRule.objects.create(kind=rule.kind, code=rule.code, **values)
    _copy_steps(rule, made)
    return made


def _copy_steps(source: RouteRule | None, target: RouteRule) -> None:
    for step in source.steps.all() if source else ():
        RouteRuleStep.objects.create(rule=target, **{name: getattr(step, name) for name in STEP_FIELDS})


def _free_code(kind: str, title: str) -> str:
    stem = f"{kind}-{slugify(fold(title))}"[:50].rstrip("-")
    taken = set(RouteRule.objects.filter(kind=kind, code__startswith=stem).values_list("code", flat=True))
    return next(code for number in range(1, 1000) if (code := stem if number == 1 else f"{stem}-{number}") not in taken)


def _lock_kind(kind: str) -> None:
    """One change of a kind's rules at a time: checks look at all of them together."""
    list(RouteRule.objects.select_for_update().filter(kind=kind).order_by("pk").values_list("pk"))


def _lock_draft(draft: RouteRule) -> RouteRule:
    locked: RouteRule | None = RouteRule.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if locked is None or not locked.is_draft:
        raise Conflict(_("This draft is in force by now, or was thrown away. Look at the rule as it is now."))
    return locked


def _check_right(actor: User) -> None:
    if not rules.has_perm("workflow.manage_routes", actor):
        raise NotAllowed(_("Routes are changed by administrators and the head of International Cooperation."))
