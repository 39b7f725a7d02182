"""Which rows point to a partner, in any room? Asked of the models themselves, so that rooms above need no mention here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pghistory.models
from django.db import models
from django.db.models import QuerySet
from django.utils.text import capfirst

from agreements.models import MovedLink, Partner, PartnerMerge

#: The books of the mergers themselves; they tell of the past and stay as they were written.
BOOKS = (PartnerMerge, MovedLink)


@dataclass(frozen=True, slots=True)
class Link:
    """A foreign key of some table to partners."""

    model: type[models.Model]
    field: models.ForeignKey[Any, Any]

    @property
    def label(self) -> str:
        """What such rows are called: "đoàn ra", "lĩnh vực hợp tác"."""
        if self.model._meta.auto_created:
            # The rows behind a many-to-many field: called as the field is.
            return str(capfirst(_field_of(self.model).verbose_name))
        return str(capfirst(self.model._meta.verbose_name_plural))

    @property
    def is_covered(self) -> bool:
        """Whether its rows can be pointed elsewhere: an ordinary link to the key, in a table that may be changed."""
        meta = self.model._meta
        guarded = any(getattr(trigger, "name", "") == "append_only" for trigger in getattr(meta, "triggers", ()))
        return meta.managed and self.field.target_field.primary_key and not guarded

    def rows(self, partner: Partner) -> QuerySet[Any]:
        """All rows, whoever may see them: a link that somebody does not see is moved all the same."""
        return self.model._base_manager.filter(**{self.field.attname: partner.pk})


def _field_of(through: type[models.Model]) -> Any:
    for model in (field.related_model for field in through._meta.fields if field.is_relation):
        for field in model._meta.local_many_to_many:  # type: ignore[union-attr]
            if field.remote_field.through is through:
                return field
    raise LookupError(through)


def links() -> Iterator[Link]:
    """Every link to partners but those of the history, of the mergers' own books and "merged into"."""
    merged_into = Partner._meta.get_field("merged_into")
    for relation in Partner._meta.get_fields(include_hidden=True):
        # Many-to-many relations are met as the links of the table behind them.
        if not isinstance(relation, models.ManyToOneRel):
            continue
        model: Any = relation.related_model
        if issubclass(model, pghistory.models.Event) or model in BOOKS or relation.field == merged_into:
            continue
        yield Link(model, relation.field)


def other_links() -> list[str]:
    """Names of links of a kind that nothing here can move: generic ones. None today; a merger refuses while there is one."""
    return [field.name for field in Partner._meta.private_fields]


#: Parts of the partner itself: they say what it is, and do not use it.
OWN_PARTS = ("partnername", "partner_fields", "contactpost", "partnerunit", "groupmembership")


def uses_of(partner: Partner) -> list[tuple[str, int]]:
    """(what, how many) of everything that refers to the partner and is no part of it."""
    counted = [
        (link.label, link.rows(partner).count()) for link in links() if link.model._meta.model_name not in OWN_PARTS
    ]
    counted += [(str(PartnerMerge._meta.verbose_name_plural), partner.absorbed.count() + partner.merges.count())]
    return [(label, number) for label, number in counted if number]
