"""Every address of the portal, walked as every demo account and as a stranger: never a 500, closed by default.

A new address fails here until it is listed: `ARGUMENTS` says with which of the demo's rows it is tried.
"""

from __future__ import annotations

import logging
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.template import Template
from django.test import Client
from django.test.utils import _TestState, override_settings
from django.utils import timezone

from agreements.models import (
    AgreementDuty,
    Commitment,
    CooperationNeed,
    ForeignFundedProject,
    InternationalAgreement,
    Question,
    TreatyReport,
)
from delegations.choices import OutboundState
from delegations.event_choices import EventState
from delegations.models import (
    AnnualPlan,
    InboundDelegation,
    InternationalEvent,
    OutboundDelegation,
    PlanRevision,
    TripChange,
    TripReport,
)
from delegations.visit_choices import InboundState
from intlcoop.people.models import User
from intlcoop.workflow import registry
from intlcoop.workflow.assignments import waiting_for
from intlcoop.workflow.models import Case, CaseAttachment, CasePaper, Step
from reports.choices import WorkState
from reports.models import WorkItem
from tests.addresses import arguments, urls
from tests.ministry import ACCOUNTS, durable

#: Word files cost time: read by one who may and one who may not.
PAPER_READERS = ("htqt", "truonghoc")

pytestmark = [pytest.mark.django_db, pytest.mark.long]

#: Accounts whose part in the story is to act on what waits for them.
ACTORS = ("lanhdaodonvi", "htqt", "vutruong", "taichinh", "tccb", "vanthu", "thutruong", "botruong")

#: Who also sends an empty form to every address; what each right allows, the rooms' own tests say.
SENDERS = ("chuyenvien", "htqt", "quantri", "kiemtoan")

#: Pages that a stranger may see; all others send to the login.
PUBLIC = {
    "healthz", "readyz", "language", "theme", "account_login", "account_inactive", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done",
    "account_logout",
}  # fmt: skip


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The whole demo, made once for this file and rolled back after it."""
    with django_db_blocker.unblock(), override_settings(DEMO=True), transaction.atomic():
        call_command("seed_demo", stdout=StringIO())
        User.objects.filter(is_demo=True).update(language="vi")
        yield arguments()
        transaction.set_rollback(True)


def test_the_demo_has_a_trip_in_every_state_and_something_for_each_account_and_can_be_loaded_twice(world):
    states = set(Case.objects.filter(kind="outbound").values_list("state", flat=True))
    assert states == set(OutboundState.values)
    for kind, known in (("inbound", InboundState), ("event", EventState), ("work", WorkState)):
        states = set(Case.objects.filter(kind=kind).values_list("state", flat=True))
        assert states == set(known.values), kind
    today = timezone.localdate()
    for username in ACTORS:
        assert waiting_for(User.objects.get(username=username), today).exists(), username
    for username in ("chuyenvien", "truonghoc", "phapche"):
        owed = Case.objects.filter(created_by__username=username, state__in=["returned", "report_due"])
        assert owed.exists(), username
    assert not OutboundDelegation.objects.filter(case__is_sample=False).exists()
    count = Case.objects.count()
    call_command("seed_demo", stdout=StringIO())
    assert Case.objects.count() == count
    with durable():
        call_command("audit_invariants", stdout=(said := StringIO()))
    assert "BREACH" not in said.getvalue()


def fingerprint():
    return [
        list(model.objects.order_by("pk").values_list())
        for model in (Case, Step, OutboundDelegation, TripReport, CaseAttachment, CasePaper)
    ]


@pytest.fixture
def uncopied(monkeypatch):
    """Pages are only read here: no copy of every template's context, which the test client keeps by itself, and no log of
    every refusal with its traceback: the answer's status is looked at."""
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_every_address_answers_everybody_never_with_a_500_and_looking_changes_nothing(world, uncopied):
    """No row of a file, step or paper differs after everybody has looked at everything."""
    before = fingerprint()
    wrong, tried = walked("get", ACCOUNTS, world)
    assert not wrong, wrong[:20]
    assert tried > 1000
    assert fingerprint() == before


def test_an_empty_form_is_answered_at_every_address(world, uncopied):
    wrong, _tried = walked("post", SENDERS, world)
    assert not wrong, wrong[:20]


def walked(method: str, accounts: tuple[str, ...], world) -> tuple[list[object], int]:
    """What went wrong, and how many requests were tried. Who files and who appraises try every sample, others one."""
    wrong: list[object] = []
    tried = 0
    for account in accounts:
        client = Client(raise_request_exception=False)
        client.force_login(User.objects.get(username=account))
        for name, url in urls(world, most=None if account in ("chuyenvien", "htqt") else 1):
            if name == "delegations:paper" and account not in PAPER_READERS:
                continue
            if method == "post" and name in {"account_logout", "web:theme", "web:language"}:
                continue
            answer = getattr(client, method)(url)
            tried += 1
            if answer.status_code not in (200, 302, 400, 403, 404, 405, 409, 422, 503):
                wrong.append((account, method, url, answer.status_code))
            if method == "get" and answer.status_code in (200, 403, 404):
                wrong += [(account, url, problem) for problem in page_problems(answer)]
    return wrong, tried


def page_problems(answer) -> list[str]:
    """What every HTML page owes: one h1, its language, no text of the engine left in English marks."""
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return []
    text = answer.content.decode() if not answer.streaming else ""
    if "<html" not in text:
        return []
    problems = []
    if len(re.findall(r"<h1[ >]", text)) != 1:
        problems.append(f"{len(re.findall(r'<h1[ >]', text))} h1")
    if not re.search(r'<html[^>]* lang="vi"', text):
        problems.append("lang")
    if (
        re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text)
        or re.search(r'\sstyle="', text)
        or re.search(r"\son\w+=", text)
    ):
        problems.append("inline script or style")
    return problems


#: What hangs on a file of known kinds, and asks only those kinds who reads it.
OF_KINDS = (
    OutboundDelegation, TripChange, InternationalEvent, InboundDelegation, AnnualPlan, PlanRevision, WorkItem,
    InternationalAgreement, Commitment, TreatyReport, ForeignFundedProject, AgreementDuty, Question,
    CooperationNeed,
)  # fmt: skip


@pytest.mark.parametrize("model", OF_KINDS, ids=lambda model: model.__name__)
def test_naming_the_kind_changes_nothing_of_who_reads_what(world, monkeypatch, model):
    """The kinds that a file of these rows has are all asked; and the answer is that of all kinds, for every account."""
    asked: set[str] = set()
    ask = registry.opened_to
    monkeypatch.setattr(registry, "opened_to", lambda user, codes=(): asked.update(codes) or ask(user, codes))
    found = set(model.objects.exclude(case=None).values_list("case__kind", flat=True))
    for account in ACCOUNTS:
        user = User.objects.get(username=account)
        readable = set(model.objects.visible_to(user).exclude(case=None).values_list("pk", flat=True))
        by_file = set(model.objects.filter(case__in=Case.objects.visible_to(user)).values_list("pk", flat=True))
        assert readable == by_file, account
    assert found
    assert found <= asked


def test_a_stranger_is_sent_to_the_login_everywhere(world):
    wrong = []
    client = Client(raise_request_exception=False)
    for name, url in urls(world):
        answer = client.get(url)
        if name.rpartition(":")[2] in PUBLIC or name in PUBLIC:
            if answer.status_code >= 500 and name.rpartition(":")[2] != "readyz":
                wrong.append((url, answer.status_code))
        elif answer.status_code != 302 or not answer.url.startswith("/dang-nhap/"):
            wrong.append((url, answer.status_code))
    assert not wrong, wrong[:20]
