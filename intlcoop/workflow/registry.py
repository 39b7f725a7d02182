"""What kinds of files there are. Apps above register theirs from `AppConfig.ready()`; nothing here looks up at them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Model, Q, QuerySet

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.binding import Comparator
    from intlcoop.workflow.comparing import Comparison
    from intlcoop.workflow.lifecycle import Lifecycle
    from intlcoop.workflow.models import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a notice, a phone screen or a list says of a file in one breath. No money: mails carry no cost."""

    title: str
    where: str
    when: str
    who: str
    url: str
    lines: tuple[tuple[str, str], ...] = ()
    #: The day on which the file's business begins (departure, arrival, signing), for sorting and deadlines.
    on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """What a file waits for while no step of its route is open: a completion by its filer, a report, a day."""

    where: str
    who: str
    since: dt.date
    due: dt.date | None = None
    next_: str = ""


class Warned(Protocol):
    """A mismatch, overlap or limit that an approver should see. `number` leads to another file, `citation` to the rule."""

    @property
    def text(self) -> str: ...
    @property
    def citation(self) -> str: ...
    @property
    def needs_check(self) -> bool: ...
    @property
    def number(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """The rows whose history is the file's, and the tables whose rows hang on them (audit.history.entries_for)."""

    rows: Sequence[Model] = ()
    follow: Sequence[tuple[type[Model], str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a file that can be left out by itself: a member of a delegation, by a key and a name; `note` says what
    would leave the file with it."""

    key: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Something more about a file for whoever decides on it. `gist` says it in one line while the section is folded;
    `template` is printed with `data` when it is open."""

    anchor: str
    title: Any
    gist: Any
    template: str
    data: Mapping[str, Any] = field(default_factory=dict)
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """Everything the engine needs to know of one kind of file.

    `facts` is the frozen dataclass whose fields are all that route rules may look at; `content_of` gives
    {facet: JSON value} plus "wording"; `comparators` say per facet whether a new value is more or less than the old.
    """

    code: str
    prefix: str
    label: Any
    lifecycle: Lifecycle
    summary: Callable[[Case], Summary]
    #: Where it stands among the kinds that a page offers: what most people file comes first.
    place: int = 50
    facts: type | None = None
    facts_of: Callable[[Case], Any] | None = None
    content_of: Callable[[Case], dict[str, Any]] = field(default=lambda case: {})
    comparators: Mapping[str, Comparator] = field(default_factory=dict)
    participants: Callable[[Case], set[int]] = field(default=lambda case: set())
    participating: Callable[[User], QuerySet[Any]] | None = None
    #: The ids of the cases of this kind that a person reads besides the usual ones (an annual plan that units comment on).
    opened_to: Callable[[User], QuerySet[Any]] | None = None
    #: Who of an office is asked in person, because the file names them; None: whoever holds the office.
    named: Callable[[Case, str], User | None] = field(default=lambda case, office: None)
    #: In words, for the documentation of the routes: whom `named` names.
    named_words: Any = ""
    attachment_kinds: Mapping[str, Any] = field(default_factory=dict)
    #: (label, value) of all that whoever decides has to see on one page, money included; else the summary's lines.
    decision_facts: Callable[[Case], Sequence[tuple[str, Any]]] | None = None
    warnings: Callable[[Case], Sequence[Warned]] = field(default=lambda case: ())
    #: What surrounds the file (other trips, limits, the plan's line), read on the page of a step for this one reader.
    context: Callable[[Case, User], Sequence[Section]] = field(default=lambda case, user: ())
    history: Callable[[Case], Related] = field(default=lambda case: Related())
    #: Where the filer mends the file; empty when it is not changed on a page of its own.
    edit_url: Callable[[Case], str] = field(default=lambda case: "")
    #: What a decision may leave out by itself, and the service that takes it out; that returns {key: snapshot}.
    parts: Callable[[Case], Sequence[Part]] = field(default=lambda case: ())
    leave_out: Callable[[Case, Sequence[str]], dict[str, dict[str, Any]]] | None = None
    #: The sum of each file in đồng by the id of its case, None where it is not known: some substitutes act up to a ceiling only.
    amounts: Callable[[Sequence[Case]], Mapping[int, Decimal | None]] = field(
        default=lambda cases: {case.pk: Decimal(0) for case in cases}
    )
    #: A content version in words, for people who compare two of them: (label, lines) in the order of the form.
    readable: Callable[[Mapping[str, Any]], Sequence[tuple[str, Sequence[str]]]] | None = None
    #: What the file waits for in a state without an open step; None when nothing is owed.
    waits: Callable[[Case], Wait | None] = field(default=lambda case: None)
    #: What a file asks to change in something decided before, old and new side by side, for whoever decides on it.
    against: Callable[[Case], Sequence[Comparison]] = field(default=lambda case: ())
    #: The ids of the cases of this kind that answer to a text (people, places); number and title are looked at anyway.
    matching: Callable[[str], QuerySet[Any]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A decision drafted from the data of a file: the Word file, what it is about, and its symbol ("QĐ-BDH")."""

    docx: bytes
    subject: str
    symbol: str


_kinds: dict[str, FileKind] = {}
_drafters: dict[str, Callable[[Case], Draft]] = {}


def register(kind: FileKind) -> None:
    _kinds[kind.code] = kind


def register_drafter(code: str, draft: Callable[[Case], Draft]) -> None:
    """Let a kind's decision be drafted from its data. Apart from `register`, because papers are printed further up."""
    _drafters[code] = draft


def drafter_of(case: Case) -> Callable[[Case], Draft] | None:
    return _drafters.get(case.kind)


def kind_of(case: Case) -> FileKind:
    return _kinds[case.kind]


def get(code: str) -> FileKind:
    return _kinds[code]


def all_kinds() -> list[FileKind]:
    return list(_kinds.values())


def kinds_with_routes() -> list[tuple[str, Any]]:
    """(code, label) of the kinds of files that offices decide on."""
    routed = [kind for kind in _kinds.values() if kind.facts_of is not None]
    return [(kind.code, kind.label) for kind in sorted(routed, key=lambda kind: kind.place)]


def _of(codes: Collection[str]) -> list[FileKind]:
    """The kinds of these codes; all of them when none is named."""
    return [kind for kind in _kinds.values() if not codes or kind.code in codes]


def takes_part(user: User, codes: Collection[str] = ()) -> Q:
    """A condition on cases: this person takes part in (travels with) the file. False for all when no kind has participants."""
    condition = Q(pk__in=[])
    for kind in _of(codes):
        if kind.participating is not None:
            condition |= Q(pk__in=kind.participating(user))
    return condition


def opened_to(user: User, codes: Collection[str] = ()) -> Q:
    """A condition on cases: its kind lets this person read the file, whoever filed it."""
    condition = Q(pk__in=[])
    for kind in _of(codes):
        if kind.opened_to is not None:
            condition |= Q(pk__in=kind.opened_to(user))
    return condition
