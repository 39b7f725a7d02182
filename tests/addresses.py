"""With which rows of the demo is each address of the portal tried? A new address fails in test_every_address until it is here."""

from __future__ import annotations

import datetime as dt
import uuid

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from agreements.models import (
    AgreementDuty,
    Contact,
    Convention,
    DossierItem,
    DutyRule,
    InvitationSignUp,
    Mechanism,
    MeetingSeries,
    MeetingSession,
    NewsSubscription,
    OpenInvitation,
    Partner,
    PartnerGroup,
    PartnerMerge,
    PartnerNews,
    PartnerNote,
    Programme,
    ProjectReport,
)
from delegations.exports.file_papers import TRIP_PAPERS as PAPERS
from delegations.models import (
    AnnualPlan,
    EventPerson,
    EventWork,
    Gift,
    InboundDelegation,
    InboundMember,
    MeetingRecord,
    PlanLine,
    PlanPaper,
    ProgrammeItem,
    ReceptionNorm,
    RevisionChange,
    TripReport,
)
from intlcoop.people.models import (
    Appointment,
    OfficeTitle,
    OrgUnit,
    StaffLanguage,
    Substitution,
    Supervision,
    UnitChange,
    User,
)
from intlcoop.people.reorganising import Decision, merge_units
from intlcoop.regulations.models import Holiday, Instrument, Parameter, StatutoryDeadline
from intlcoop.workflow.models import Case, CaseAttachment, CasePaper, RouteRule, Step
from reports.models import RecordedTotal, ReportCall, WorkAttendance, WorkItem

#: Word files cost time: read by one who may and one who may not.
PAPER_READERS = ("htqt", "truonghoc")


def arguments() -> dict[str, list[dict[str, object]]]:
    """By name of the address, the keyword arguments to try: rows that most people may not see, and some that do not exist."""
    under_way = Case.objects.get(pk=Step.objects.open().order_by("pk").first().case_id)
    reported = TripReport.objects.order_by("pk").first().delegation.case
    numbers = [{"number": case.number} for case in (under_way, reported)] + [{"number": "DR-1999-0001"}]
    steps = [
        {"pk": Step.objects.open().filter(office=office).order_by("pk").first().pk}
        for office in ("clerk", "prime_minister")
    ] + [{"pk": 10**9}]
    attachment, paper = CaseAttachment.objects.first(), CasePaper.objects.exclude(draft="").first()
    rows = {
        "person": User.objects.get(username="htqt").pk,
        "appointment": Appointment.objects.first().pk,
        "unit": OrgUnit.objects.get(code="HTQT").pk,
        "supervision": Supervision.objects.first().pk,
        "substitution": (Substitution.objects.first() or Step(pk=10**9)).pk,
        "title": OfficeTitle.objects.first().pk,
        "unit_change": coming_change().pk,
        "language": StaffLanguage.objects.first().pk,
        "route_rule": RouteRule.objects.filter(is_draft=True).first().pk,
    }
    return {"numbers": numbers, "steps": steps, "rows": rows, "attachment": attachment, "paper": paper}


def coming_change() -> UnitChange:
    """A university that is to become part of another unit next month."""
    decision = Decision(on=timezone.localdate() + dt.timedelta(days=30), number="1/QĐ", decided_on=timezone.localdate())
    units = [OrgUnit.objects.get(code=code) for code in ("DHPT", "CSDP")]
    return merge_units(units[:1], units[1], decision=decision, actor=None)


def guidance_samples(pattern: str) -> list[dict[str, object]]:
    """A question or need in each state, and one that does not exist."""
    kind, unknown = ("question", "CH-1999-0001") if pattern.startswith("hoi-dap/") else ("need", "NC-1999-0001")
    found = Case.objects.filter(kind=kind).order_by("pk").values_list("state", "number")
    return [{"number": number} for number in (*dict(found).values(), unknown)]


def norm_samples(names: list[str]) -> list[dict[str, object]]:
    """An amount for receiving guests by its row or by what it is for, and what does not exist."""
    if names == ["pk"]:
        return [{"pk": pk} for pk in (ReceptionNorm.objects.values_list("pk", flat=True)[0], 10**9, 10**30)]
    known = {"guest_class": "A", "item": "hotel", "part": "head"}
    return [known, known | {"item": "cars"}, known | {"guest_class": "Z"}]


def samples(pattern: str, names: list[str], known: dict) -> list[dict[str, object]]:
    """Keyword arguments for one address, by the names that its path has."""
    if not names:
        return [{}]
    if pattern.startswith("quan-tri/quy-dinh/"):
        return rule_samples(pattern, names)
    if pattern.startswith("ke-hoach/"):
        return plan_samples(pattern, names)
    if pattern.startswith("doi-tac/ghi-chu/"):
        return [{"pk": pk} for pk in (*PartnerNote.objects.values_list("pk", flat=True), 10**9, 10**30)]
    if "code" in names and pattern.startswith("doi-tac/quoc-gia/"):
        return [{"code": "LA"}, {"code": "KH"}, {"code": "XX"}]
    if pattern.startswith("doi-tac/du-an/") and names:
        return project_samples(names)
    if pattern.startswith("doi-tac/") and names == ["pk"]:
        return partner_samples(pattern)
    if pattern.startswith("tin-doi-tac/") and names:
        model = NewsSubscription if "dang-ky" in pattern else PartnerNews
        return [{"pk": pk} for pk in (*model.objects.values_list("pk", flat=True), 10**9, 10**30)]
    if pattern.startswith("thu-moi/") and names:
        rows = {"row": InvitationSignUp.objects.values_list("pk", flat=True).first()} if "row" in names else {}
        return [{"pk": pk, **rows} for pk in (*OpenInvitation.objects.values_list("pk", flat=True), 10**9, 10**30)]
    if pattern.startswith(("hoi-dap/", "nhu-cau/")) and names:
        return guidance_samples(pattern)
    if pattern.startswith("cam-ket/") and names:
        found = Case.objects.filter(kind="commitment").order_by("pk").values_list("number", "state")
        one_of_each = {state: number for number, state in found}
        return [{"number": number} for number in (*one_of_each.values(), "CK-1999-0001", known["numbers"][0]["number"])]
    if pattern.startswith("hoi-nghi/bao-cao-nam/") and names:
        return [{"year": year} for year in (2026, 1, 10**30)] if names == ["year"] else [{"job_id": uuid.uuid4()}]
    if pattern.startswith("hoi-nghi/") and names:
        return event_samples(names)
    if pattern.startswith("cong-viec/so-lieu/") and names:
        return [{"pk": pk} for pk in (*RecordedTotal.objects.values_list("pk", flat=True)[:1], 10**9, 10**30)]
    if pattern.startswith("cong-viec/") and names:
        return work_samples(names)
    if pattern.startswith("quan-tri/dinh-muc-tiep-khach/"):
        return norm_samples(names)
    if is_reception(pattern) and names:
        return reception_samples(pattern, names)
    if pattern.startswith("thoa-thuan/") and names:
        return agreement_samples(pattern, names)
    if pattern.startswith("doan-vao/") and names:
        return visit_samples(names)
    if "transition" in names:
        return [{**row, "transition": name} for row in known["numbers"] for name in ("submit", "nonsense")]
    if set(names) == {"number", "public_id"}:
        return [{**row, "public_id": known["paper"].public_id} for row in known["numbers"]]
    if pattern.startswith("bao-cao/dot/") and names:
        return [{"pk": pk} for pk in (*ReportCall.objects.values_list("pk", flat=True)[:1], 10**9, 10**30)]
    if pattern.startswith("bao-cao/phan/") and names:
        found = Case.objects.filter(kind="unit_part").order_by("-pk").values_list("state", "number")
        return [{"number": number} for number in (*dict(found).values(), "PBC-1999-0001")]
    if pattern.startswith("bao-cao/") and set(names) == {"number", "pk"}:
        return [{"number": "BC-2026-0001", "pk": pk} for pk in (1, 10**30)]
    if set(names) == {"number", "key"}:
        return [{"number": "BC-2026-0001", "key": "outbound.led"}, {"number": "BC-2026-0001", "key": "nonsense"}]
    if set(names) == {"slug", "public_id"}:
        return [
            {"slug": "dinh-kem", "public_id": known["attachment"].public_id},
            {"slug": "x", "public_id": uuid.uuid4()},
        ]
    if names == ["number"] and pattern.startswith("bao-cao"):
        return [{"number": "BC-2026-0001"}, {"number": "BC-1999-0001"}]
    if names == ["number"] and pattern.startswith("doan-ra/dieu-chinh"):
        found = Case.objects.filter(kind="trip_change").order_by("pk").values_list("number", flat=True)
        return [{"number": number} for number in (*found[:2], "HN-1999-0001")]
    if names == ["number"] and pattern.startswith("doi-tac/cong-uoc"):
        found = Case.objects.filter(kind="treaty_report").order_by("pk").values_list("number", flat=True)
        return [{"number": number} for number in (*found, "BCQG-1999-0001")]
    if names == ["pk"] and pattern.startswith(("doi-tac/co-che", "doi-tac/cong-uoc")):
        return [{"pk": multilateral(pattern)}, {"pk": 10**9}]
    if set(names) == {"number", "how"}:
        return [{**row, "how": how} for row in known["numbers"] for how in ("hoan", "huy", "nonsense")]
    if names == ["number"]:
        return known["numbers"]
    if names == ["pk"] and pattern.startswith("buoc"):
        return known["steps"]
    if names == ["pk"]:
        segment = pattern.split("/")[1] if pattern.startswith("quan-tri") else ""
        kind = {"nguoi-dung": "person", "bo-nhiem": "appointment", "don-vi": "unit", "phu-trach": "supervision",
                "thay-the": "substitution", "chuc-danh": "title", "quy-trinh": "route_rule",
                "sap-xep": "unit_change", "ngoai-ngu": "language"}.get(segment)  # fmt: skip
        return [{"pk": known["rows"][kind]} if kind else {"pk": 1}, {"pk": 10**9}]
    if "job_id" in names:
        return [{"job_id": uuid.uuid4()}]
    if "uidb36" in names:
        return [{"uidb36": "1", "key": "set-password"}]
    if names == ["name"]:
        return [{"name": "khong-co"}]
    if set(names) == {"number", "item"}:
        return [{**row, "item": name} for row in known["numbers"] for name in ("gifts", "visa__c-th", "nonsense")]
    if set(names) == {"number", "name"}:
        return [{**known["numbers"][0], "name": name} for name in (*PAPERS, "nonsense")]
    raise AssertionError(f"say in samples() how to try {pattern} ({names})")


def event_samples(names: list[str]) -> list[dict[str, object]]:
    """An event in each state with a guest and a task where it has one, and what does not exist."""
    one_of_each = dict(Case.objects.filter(kind="event").order_by("-pk").values_list("state", "number"))
    numbers = [*one_of_each.values(), "HN-1999-0001"]
    if "name" in names:
        return [{"number": number, "name": name} for number in numbers[:3] for name in ("de-an", "bao-cao", "nonsense")]
    if "pk" in names:
        rows = [EventPerson.objects.order_by("pk").first(), EventWork.objects.order_by("pk").first()]
        known = [{"number": row.event.case.number, "pk": row.pk} for row in rows if row]
        return [*known, {"number": numbers[0], "pk": 10**9}]
    return [{"number": number} for number in numbers]


def is_reception(pattern: str) -> bool:
    parts = ("/bien-ban/", "/chuong-trinh/", "/qua-tang/", "/in/", "/chi-phi/")
    return pattern.startswith("qua-tang/") or any(f"<file_number:number>{part}" in pattern for part in parts)


def reception_samples(pattern: str, names: list[str]) -> list[dict[str, object]]:
    """The visit that has a programme, the one that has a meeting record, and what does not exist."""
    model = Gift if "qua-tang" in pattern else ProgrammeItem if "chuong-trinh" in pattern else MeetingRecord
    pk = model.objects.order_by("pk").values_list("pk", flat=True).first() or 1
    if names == ["pk"]:
        return [{"pk": pk}, {"pk": 10**9}]
    visits = Case.objects.filter(kind="inbound")
    coming = visits.filter(programme_items__isnull=False).values_list("number", flat=True).first()
    received = visits.filter(meeting_records__isnull=False).values_list("number", flat=True).first()
    more: list[dict[str, object]] = [{"pk": pk} if "pk" in names else {}]
    if "name" in names:
        more = [{"name": name} for name in ("chuong-trinh", f"bien-ban-{pk}", "bien-ban-x", "nonsense")]
    if "public_id" in names:
        more = [{"pk": pk, "public_id": uuid.uuid4()}]
    numbers = [number for number in (coming, received, "DV-1999-0001") if number]
    return [{"number": number, **each} for number in numbers for each in more]


def work_samples(names: list[str]) -> list[dict[str, object]]:
    """An item of each kind, one that is a draft of another unit, and what does not exist."""
    if names == ["slug"]:
        return [{"slug": slug} for slug in ("phoi-hop", "bao-cao", "hop", "giao-ban", "dao-tao", "nonsense")]
    one_of_each = dict(WorkItem.objects.order_by("-pk").values_list("kind", "case__number"))
    numbers = [*one_of_each.values(), "CV-1999-0001"]
    more: list[dict[str, object]] = [{}]
    if "slug" in names:
        more = [{"slug": slug} for slug in ("y-kien", "ket-luan", "nonsense")]
    if "pk" in names:
        more = [{"pk": pk} for pk in (*WorkAttendance.objects.order_by("pk").values_list("pk", flat=True)[:1], 10**9)]
    return [{"number": number, **each} for number in numbers for each in more]


def visit_samples(names: list[str]) -> list[dict[str, object]]:
    """A visit of each state and form, a guest and a task of one, and what does not exist."""
    visits = InboundDelegation.objects.order_by("-pk").select_related("case")
    one_of_each = {(visit.form, visit.case.state): visit for visit in visits}
    more: list[dict[str, object]] = [{}]
    if "pk" in names:
        guest = InboundMember.objects.order_by("pk").first()
        more = [{"pk": guest.pk if guest else 1}, {"pk": 10**9}, {"pk": 10**30}]
    if "how" in names:
        more = [{"how": how} for how in ("hoan", "huy", "nonsense")]
    if "item" in names:
        more = [{"item": item} for item in ("visit-lodging", "visit-consent", "nonsense")]
    numbers = [*(visit.case.number for visit in one_of_each.values()), "DV-1999-0001"]
    return [{"number": number, **each} for number in numbers for each in more]


def agreement_samples(pattern: str, names: list[str]) -> list[dict[str, object]]:
    """An agreement that owes something and one that is a draft, a duty and a paper of each, and what does not exist."""
    owing = AgreementDuty.objects.owed().filter(case__kind="agreement").order_by("pk").select_related("case").first()
    drafts = Case.objects.filter(kind="agreement", first_submitted_at=None).order_by("pk")
    numbers = [
        owing.case.number if owing else "",
        drafts.values_list("number", flat=True).first() or "",
        "TTQT-1999-0001",
    ]
    more: dict[str, object] = {"pk": owing.pk if owing else 1} if "pk" in names else {}
    more |= {"name": "to-trinh"} if "name" in names else {}
    return [{"number": number, **more} for number in numbers if number]


def multilateral(pattern: str) -> int:
    """A row of the kind that the address is about."""
    models = {"phien-hop": MeetingSession, "chuoi-hop": MeetingSeries, "cong-uoc": Convention}
    model = next((model for part, model in models.items() if f"/{part}/" in pattern), Mechanism)
    return model.objects.order_by("pk").values_list("pk", flat=True).first() or 1


def project_samples(names: list[str]) -> list[dict[str, object]]:
    """A project that runs, one that is mobilised, a report and a duty of the first, and what does not exist."""
    report = ProjectReport.objects.order_by("pk").select_related("project__case").first()
    case = report.project.case if report else Case(number="DA-1999-0002")
    draft = Case.objects.filter(kind="project", first_submitted_at=None).order_by("pk").first()
    owed = AgreementDuty.objects.filter(case__kind="project").order_by("pk").first()
    more: list[dict[str, object]] = [{}]
    if "pk" in names:
        more = [{"pk": report.pk if report else 1}, {"pk": owed.pk if owed else 1}, {"pk": 10**9}]
    if "act" in names:
        more = [{"act": act} for act in ("bat-dau", "ket-thuc", "thu-hoi", "nonsense")]
    numbers = [case.number, draft.number if draft else "DA-1999-0001", "DA-1999-0001"]
    return [{"number": number, **each} for number in numbers for each in more]


def plan_samples(pattern: str, names: list[str]) -> list[dict[str, object]]:
    """This year's approved plan and next year's that is being made, a line of each, the revision, and what does not exist."""
    this_year = timezone.localdate().year
    if names == ["year"]:
        return [{"year": this_year}, {"year": this_year + 1}, {"year": 1999}]
    if set(names) == {"year", "public_id"}:
        paper = PlanPaper.objects.select_related("year").order_by("pk").first()
        return [{"year": paper.year.year, "public_id": paper.public_id}, {"year": 1999, "public_id": uuid.uuid4()}]
    if pattern.startswith("ke-hoach/dieu-chinh"):
        changes = RevisionChange.objects.order_by("pk").select_related("revision__case", "line")
        change = changes.filter(line__isnull=False).first()
        if names == ["pk"]:
            return [{"pk": change.pk if change else 1}, {"pk": 10**9}]
        number = change.revision.case.number if change else "DCKH-1999-0001"
        more = {"pk": change.line_id if change else 1} if "pk" in names else {}
        return [{"number": number, **more}, {"number": "DCKH-1999-0001", **more}]
    if "pk" in names:
        lines = PlanLine.objects.filter(plan__level="ministry", plan__case__isnull=False)
        pks = [lines.filter(plan__year=year).order_by("pk").first().pk for year in (this_year, this_year + 1)]
        acts = [{"name": "tiep-nhan"}, {"name": "nonsense"}] if "name" in names else [{}]
        return [{"pk": pk, **act} for pk in (*pks, 10**9) for act in acts]
    plans = AnnualPlan.objects.filter(case__isnull=False, level="ministry", year__gte=this_year).order_by("year")
    numbers = [*plans.values_list("case__number", flat=True), "KH-1999-0001"]
    papers = [{"name": "bang"}, {"name": "nonsense"}] if "name" in names else [{}]
    return [{"number": number, **paper} for number in numbers for paper in papers]


def partner_samples(pattern: str) -> list[dict[str, object]]:
    """A partner, contact, group or merger of the demo, and one that does not exist."""
    models = {"nhom": PartnerGroup, "dau-moi": Contact, "gop": PartnerMerge, "de-an": Programme}
    first = models.get(pattern.split("/")[1], Partner).objects.order_by("pk").first()
    return [{"pk": first.pk if first else 1}, {"pk": 10**9}]


def rule_samples(pattern: str, names: list[str]) -> list[dict[str, object]]:
    if "slug" in names:
        return legal_rule_samples(names)
    if names == ["key"]:
        return [{"key": "outbound.max_members"}, {"key": "plan.adjust_deadline"}, {"key": "nonsense"}]
    if names == ["year"]:
        return [{"year": 2027}, {"year": 1900}]
    models = {"gia-tri": Parameter, "van-ban": Instrument, "ngay-nghi": Holiday, "han-hang-nam": StatutoryDeadline}
    return [{"pk": models[pattern.split("/")[2]].objects.order_by("pk").first().pk}, {"pk": 10**9}]


def legal_rule_samples(names: list[str]) -> list[dict[str, object]]:
    """An item of a dossier and a duty, and addresses of neither."""
    found: list[dict[str, object]] = []
    for slug, model in (("giay-to", DossierItem), ("viec", DutyRule)):
        row = model.objects.order_by("pk").first()
        known = {"slug": slug, "kind": row.kind, "code": row.code, "pk": row.pk}
        found.append({name: known[name] for name in names})
    nowhere = {"slug": "giay-to", "kind": "nonsense", "code": "nonsense", "pk": 10**9}
    return [*found, {name: nowhere[name] for name in names}]


def every_address() -> list[tuple[str, str, list[str]]]:
    """(name for reverse(), path pattern, names of its arguments) of each address."""
    found = []

    def walk(resolver: URLResolver, namespace: str, prefix: str) -> None:
        for entry in resolver.url_patterns:
            path = prefix + str(entry.pattern)
            if isinstance(entry, URLPattern):
                found.append((f"{namespace}{entry.name}", path, list(entry.pattern.regex.groupindex)))
            else:
                walk(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace, path)

    walk(get_resolver(), "", "")
    return found


def urls(known: dict, *, most: int | None = None) -> list[tuple[str, str]]:
    """(name, address) of everything there is to try; `most` = so many samples of each address."""
    found = []
    for name, pattern, names in every_address():
        for keywords in samples(pattern.lstrip("^"), names, known)[:most]:
            try:
                found.append((name, reverse(name, kwargs=keywords)))
            except NoReverseMatch:
                continue
    return found
