"""What the law expects of a file, as dated rules: which hold today, which come, for which files, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.aid import ProjectFile, ProjectKind
from agreements.choices import AgreementFile, DutyCause, ItemSource, Regime
from agreements.models import DossierItem, DutyRule, ForeignFundedProject, InternationalAgreement
from agreements.models.duty import LegalRow
from agreements.queries.agreements import NO, YES, AgreementFacts
from agreements.queries.projects import ProjectFacts
from intlcoop.people.choices import UnitChangeKind
from intlcoop.regulations.choices import ParameterKey, RuleSort, Unit
from intlcoop.regulations.kinds import KINDS
from intlcoop.regulations.queries import ParameterValue, parameters
from intlcoop.regulations.registry import register_rule_pages
from intlcoop.regulations.wording import basis_text, span_text, value_text
from intlcoop.workflow.facts import Fact

#: The kinds of files whose dossiers and duties stand in rules, as their pages call them.
KIND_NAMES: dict[str, Any] = {
    "agreement": gettext_lazy("Agreements"),
    "project": gettext_lazy("Foreign-funded projects and aid"),
}
#: What the address of a rule says its sort is.
SLUGS: dict[str, str] = {"giay-to": RuleSort.DOSSIER, "viec": RuleSort.DUTY}
MODELS: dict[str, type[LegalRow]] = {RuleSort.DOSSIER: DossierItem, RuleSort.DUTY: DutyRule}
CAUSES: dict[str, tuple[DutyCause, ...]] = {
    "agreement": (DutyCause.SIGNED, DutyCause.CHANGED, DutyCause.ENDED, DutyCause.REORGANISED),
    "project": (DutyCause.APPROVED,),
}
FILES: dict[str, Any] = {"agreement": AgreementFile, "project": ProjectFile}
#: The texts of the form that an item of the dossier may ask for.
FIELDS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "agreement": (InternationalAgreement, ("purpose", "content", "assessment", "opinions_taken_in")),
    "project": (ForeignFundedProject, ("goals", "mechanism")),
}
#: Terms after an event, in calendar days, that a duty may be counted by.
TERMS = tuple(
    key
    for key in (
        ParameterKey.AGREEMENT_REPORT, ParameterKey.AGREEMENT_NOTICE, ParameterKey.TREATY_COPY, ParameterKey.TREATY_PLAN,
        ParameterKey.AID_NOTIFY,
    )
    if KINDS[key].unit == Unit.DAYS
)  # fmt: skip


def _said(facts: type, name: str) -> Fact:
    """A fact that route rules know too."""
    label, says, choices, usual = next(each.metadata["fact"] for each in fields(facts) if each.name == name)
    return Fact(name=name, label=label, says=says, choices=choices, usual=usual)


def _either(name: str, label: Any, yes: Any, no: Any) -> Fact:
    return Fact(name=name, label=label, says="%(values)s", choices=((YES, yes), (NO, no)), usual=NO)


def _one_of(name: str, label: Any, says: Any, choices: Sequence[tuple[str, Any]]) -> Fact:
    return Fact(name=name, label=label, says=says, choices=tuple(choices), usual=choices[0][0])


_CHANGE = _one_of(
    "change", gettext_lazy("Reorganisation"), gettext_lazy("the reorganisation is: %(values)s"), UnitChangeKind.choices
)
#: What a rule may look at, by kind of file: the names of queries.agreements.legal_values and queries.projects.legal_values.
LEGAL_FACTS: dict[str, tuple[Fact, ...]] = {
    "agreement": (
        _one_of("regime", gettext_lazy("Legal regime"), gettext_lazy("its legal regime is: %(values)s"), Regime.choices),
        _said(AgreementFacts, "in_name_of"),
        _said(AgreementFacts, "procedure"),
        _either("vietnamese_text", gettext_lazy("Vietnamese text"), gettext_lazy("there is a Vietnamese text"),
                gettext_lazy("there is no Vietnamese text")),
        _either("foreign_text", gettext_lazy("Text in a foreign language"),
                gettext_lazy("there is a text in a foreign language"),
                gettext_lazy("there is no text in a foreign language")),
        _either("secret", gettext_lazy("State secret"), gettext_lazy("it is a state secret"),
                gettext_lazy("it is no state secret")),
        _either("disagreement", gettext_lazy("Opinions"), gettext_lazy("a body that was asked disagreed"),
                gettext_lazy("no body that was asked disagreed")),
    ),
    "project": (
        _one_of("kind", gettext_lazy("Kind"), gettext_lazy("its kind is: %(values)s"), ProjectKind.choices),
        _said(ProjectFacts, "nature"),
        _said(ProjectFacts, "topic"),
        _either("foreign_papers", gettext_lazy("Papers in a foreign language"),
                gettext_lazy("there are papers in a foreign language"),
                gettext_lazy("there are no papers in a foreign language")),
    ),
}  # fmt: skip


def facts_for(sort: str, kind: str) -> tuple[Fact, ...]:
    """What a rule of this sort may look at; a reorganisation only brings duties about."""
    with_change = sort == RuleSort.DUTY and DutyCause.REORGANISED in CAUSES[kind]
    return (*LEGAL_FACTS[kind], _CHANGE) if with_change else LEGAL_FACTS[kind]


def condition_words(kind: str, conditions: Mapping[str, Sequence[str]]) -> list[str]:
    known = {fact.name: fact for fact in facts_for(RuleSort.DUTY, kind)}
    lines = [
        known[name].words(allowed) if name in known else f"{name} = {', '.join(allowed)}"
        for name, allowed in conditions.items()
    ]
    return lines or [_("Every file of this kind")]


def brought_by(kind: str) -> list[tuple[str, Any]]:
    """Where an item of the dossier may come from: ("file:draft_vi", words), in two groups."""
    model, names = FIELDS[kind]
    texts = [(f"{ItemSource.FIELD}:{name}", _label_of(model, name)) for name in names]
    return [
        (
            _("A file that is handed in"),
            [(f"{ItemSource.FILE}:{value}", label) for value, label in FILES[kind].choices],
        ),
        (_("What the form says"), texts),
    ]


def _label_of(model: Any, name: str) -> str:
    label = str(model._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def source_words(item: DossierItem) -> str:
    labels = {value: str(label) for _group, choices in brought_by(item.kind) for value, label in choices}
    return labels.get(f"{item.source}:{item.key}", item.key)


def rule_words(row: LegalRow) -> str:
    """Everything a rule says, in one paragraph: kept with each change of it."""
    if isinstance(row, DossierItem):
        needed = _("mandatory") if row.is_mandatory else _("not mandatory")
        said = [row.name, needed, source_words(row)]
    else:
        assert isinstance(row, DutyRule)
        term = dict(ParameterKey.choices).get(row.parameter, "")
        said = [row.name, row.get_cause_display(), row.recipient_vi, str(term)]
    said += [*condition_words(row.kind, row.conditions), basis_text(row), span_text(row.valid_from, row.valid_until)]
    return "; ".join(part for part in said if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """One dated row as the pages show it. `term` is the parameter that the duty is counted by, as it holds today."""

    row: Any
    days: str
    conditions: list[str]
    source: str
    term: ParameterValue | None
    term_words: str
    holds: bool
    coming: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRule:
    """A rule under its code: what holds today (None: nothing does), and what comes."""

    name: str
    url: str
    now: RuleLine | None
    coming: list[RuleLine]


def rule_lines(rows: Sequence[LegalRow], today: dt.date) -> list[RuleLine]:
    terms = parameters({row.parameter for row in rows if isinstance(row, DutyRule) and row.parameter}, today)
    return [_line(row, today, terms) for row in rows]


def _line(row: LegalRow, today: dt.date, terms: Mapping[str, ParameterValue]) -> RuleLine:
    term = terms.get(getattr(row, "parameter", ""))
    return RuleLine(
        row=row,
        days=span_text(row.valid_from, row.valid_until),
        conditions=condition_words(row.kind, row.conditions),
        source=source_words(row) if isinstance(row, DossierItem) else "",
        term=term,
        term_words=value_text(term.value, term.unit) if term else "",
        holds=row.holds_on(today),
        coming=row.valid_from > today,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleGroup:
    """The rules of one sort for one kind of file."""

    sort: str
    slug: str
    kind: str
    label: Any
    rules: list[NamedRule]

    @property
    def is_of_duties(self) -> bool:
        return self.sort == RuleSort.DUTY


def rule_groups(user: Any, today: dt.date) -> list[RuleGroup]:
    """Every kind of file with its dossier and its duties: three queries."""
    groups = []
    lines = {
        slug: rule_lines(list(MODELS[sort]._default_manager.visible_to(user).select_related("instrument")), today)  # type: ignore[attr-defined]
        for slug, sort in SLUGS.items()
    }
    for kind, label in KIND_NAMES.items():
        for slug, sort in SLUGS.items():
            mine = [line for line in lines[slug] if line.row.kind == kind]
            groups.append(RuleGroup(sort=sort, slug=slug, kind=kind, label=label, rules=_by_code(slug, kind, mine)))
    return groups


def _by_code(slug: str, kind: str, lines: list[RuleLine]) -> list[NamedRule]:
    found: dict[str, list[RuleLine]] = {}
    for line in lines:
        found.setdefault(line.row.code, []).append(line)
    return [
        NamedRule(
            name=(next((line for line in of if line.holds), of[-1])).row.name,
            url=reverse("agreements:legal_rule", args=[slug, kind, code]),
            now=next((line for line in of if line.holds), None),
            coming=[line for line in of if line.coming],
        )
        for code, of in found.items()
    ]


def rule_key(kind: str, code: str) -> str:
    """By this the changes of a rule are found again."""
    return f"{kind}:{code}"


def _page(sort: str, key: str) -> str:
    slug = next(slug for slug, each in SLUGS.items() if each == sort)
    kind, _colon, code = key.partition(":")
    return reverse("agreements:legal_rule", args=[slug, kind, code])


def register() -> None:
    register_rule_pages(MODELS, _page)
