"""Which files can be downloaded, and by whom? A room above registers its files with the rows that a person may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse

from intlcoop.documents.models import StoredFile

if TYPE_CHECKING:
    from intlcoop.people.models import User

QuerysetFor = Callable[["User"], QuerySet[Any]]

_sources: dict[str, QuerysetFor] = {}


def register_files(slug: str, queryset_for: QuerysetFor) -> None:
    """Make the files of a concrete StoredFile downloadable at /tep/<slug>/<public_id>/.

    `queryset_for(user)` gives the rows whose file this person may read, usually those of the parent's `visible_to`. Call it
    from AppConfig.ready(): register_files("ho-so", lambda user: CaseAttachment.objects.visible_to(user)).
    """
    _sources[slug] = queryset_for


def files_visible_to(slug: str, user: User) -> QuerySet[Any] | None:
    """The rows of this source that the person may read; None for an unknown source."""
    source = _sources.get(slug)
    return source(user).exclude(file="") if source else None


def file_url(slug: str, stored: StoredFile, *, view: bool = False) -> str:
    """The address of a file; with `view` the browser shows it, if it is a PDF or a picture, instead of saving it."""
    query = {"xem": "1"} if view and stored.can_be_viewed else None
    return reverse("documents:file", args=[slug, stored.public_id], query=query)
