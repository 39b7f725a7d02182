"""The pages of questions: the list, one question with its answers, asking, answering, handing on (W002-09)."""

from __future__ import annotations

from functools import cached_property, partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case as Choose
from django.db.models import F, Q, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.filters.questions import QuestionFilter
from agreements.forms.question import AnswerForm, HandOnForm, QuestionForm
from agreements.guidance import QuestionState
from agreements.models import Partner, Question
from agreements.queries import questions as queries
from agreements.services import questions as services
from agreements.views.asking import is_key
from agreements.workflows.question import answer_question
from intlcoop.audit.requests import facts_of
from intlcoop.people.principals import principal_of
from intlcoop.web.display import Crumb, Fact
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.retained import typed
from intlcoop.web.templatetags.ui import weekday_day
from intlcoop.workflow import doors
from intlcoop.workflow.actions import Action
from intlcoop.workflow.doors import person_of, request_key, upload_in, version_in
from intlcoop.workflow.models import Case
from intlcoop.workflow.pages import case_context
from intlcoop.workflow.refusals import NotAllowed, Refused

METHODS = ["GET", "HEAD", "POST"]


def crumbs(question: Question | None = None) -> list[Crumb]:
    first = [Crumb(_("Questions and answers"), reverse("agreements:question_list"))]
    return [*first, Crumb(shown(question.case.number), question.get_absolute_url())] if question else first


def ask_url(user: Any) -> str:
    return reverse("agreements:question_ask") if rules.has_perm("agreements.ask_question", user) else ""


def visible_question(request: HttpRequest, number: str) -> Question:
    rows = Question.objects.visible_to(person_of(request)).select_related("case__unit", "case__created_by")
    rows = rows.select_related("about", "partner", "answering_unit", "answerer")
    found = rows.filter(case__number=number).first()
    if found is None:
        raise Http404
    return found


class QuestionList(ListPage):
    model = Question
    template_name = "agreements/questions/list.html"
    title = gettext_lazy("Questions and answers")
    search_label = gettext_lazy("Number, words of the question or the answer")
    filterset_class = QuestionFilter
    #: What waits stands first, the most urgent on top; then what was answered last.
    fixed_order = (
        Choose(When(case__state__in=QuestionState.UNANSWERED, then=Value(0)), default=Value(1)),
        Choose(When(case__state__in=QuestionState.UNANSWERED, then=F("due_on"))).asc(nulls_last=True),
        "-case__changed_at",
        "-pk",
    )
    empty_text = gettext_lazy("No question yet. Ask early what is unclear: the answer stays here for everybody.")

    @cached_property
    def clock(self) -> queries.Clock:
        return queries.Clock()

    @cached_property
    def columns(self) -> tuple[ListColumn, ...]:  # type: ignore[override]  # the clock is read once per page
        clock = self.clock
        return (
            ListColumn(name="so", label=_("Number"), value=lambda row: shown(row.case.number), sort=["case__number"], key=True),
            ListColumn(name="cau_hoi", label=_("Question"), value="case.title", sort=["case__fold"], wide=True, width=64),
            ListColumn(name="don_vi", label=_("Unit that asks"), value="case.unit", sort=["case__unit__sort_key"], named=True,
                       width=32),
            ListColumn(name="tra_loi", label=_("Who answers"), value=queries.who_answers, width=32, named=True),
            ListColumn(name="han", label=_("Answer due on"), value="due_on", kind="date", sort=["due_on"]),
            ListColumn(name="tinh_trang", label=_("Status"), sort=["case__state"], template="agreements/questions/_state.html",
                       value=lambda row: {"badge": queries.badge(row), "days_left": clock.days_left(row)},
                       export_value=lambda row: queries.badge(row).label, width=24),
        )  # fmt: skip

    def rows(self) -> QuerySet[Question]:
        rows = Question.objects.visible_to(person_of(self.request))
        return rows.select_related("case__unit", "answering_unit", "answerer")

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        if wanted := normalise_number(text):
            return queryset.filter(Q(case__number__startswith=wanted) | Q(about__number__startswith=wanted))
        return queries.answering(queryset, text)  # type: ignore[no-any-return]

    def get_empty_action(self) -> tuple[Any, str] | None:
        url = ask_url(self.request.user)
        return (_("Ask the department"), url) if url else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"ask_url": ask_url(self.request.user)}


@require_safe
def question(request: HttpRequest, number: str) -> HttpResponse:
    found, user = visible_question(request, number), person_of(request)
    context = case_context(found.case, user)
    answers = rules.has_perm("agreements.answer_question", user, found.case)
    waiting = found.case.state in QuestionState.UNANSWERED
    shares = share_links(found, user)
    context |= {
        "question": found,
        "answers": queries.answers_of(found),
        "alike": queries.alike(found, user) if answers and waiting else [],
        "crumbs": crumbs(),
        "facts": facts_of_question(found, user),
        "badge": queries.badge(found),
        "days_left": queries.Clock().days_left(found),
        "links": links_of(found, user),
        "menu_links": shares,
        "has_menu": bool(shares) or any(not action.primary for action in context["actions"]),
    }
    return render(request, "agreements/questions/question.html", context)


def links_of(found: Question, user: Any) -> list[dict[str, Any]]:
    number, links = found.case.number, []
    if rules.has_perm("agreements.hand_on_question", user, found.case):
        links.append({"label": _("Hand it on"), "url": reverse("agreements:question_hand_on", args=[number])})
    if rules.has_perm("agreements.change_question", user, found.case):
        links.append({"label": _("Edit"), "url": queries.edit_url(found.case)})
    return links


def share_links(found: Question, user: Any) -> list[Action]:
    if found.case.state != QuestionState.ANSWERED or not rules.has_perm("agreements.share_question", user, found.case):
        return []
    label = _("Keep it to the units concerned") if found.is_shared else _("Let every unit read it")
    url = reverse("agreements:question_share", args=[found.case.number])
    return [Action(key="chia-se", label=label, url=url, how="post")]


def facts_of_question(found: Question, user: Any) -> list[Fact]:
    case, about = found.case, found.about
    facts = [
        Fact(_("Unit that asks"), f"{case.unit} · {case.created_by}"),
        Fact(_("Who answers"), queries.who_answers(found)),
    ]
    if case.state in QuestionState.UNANSWERED:
        facts.append(Fact(_("Answer due on"), weekday_day(found.due_on)))
    if about is not None:
        may_read = Case.objects.visible_to(user).filter(pk=about.pk).exists()
        words = f"{shown(about.number)} · {about.title}" if may_read else shown(about.number)
        url = reverse("workflow:file", args=[about.number]) if may_read else ""
        facts.append(Fact(_("File that it concerns"), words, url))
    if found.partner is not None:
        facts.append(Fact(_("Partner"), found.partner, found.partner.get_absolute_url()))
    readers = (
        _("every unit") if found.is_shared else _("the unit that asks, who answers, the department and the leaders")
    )
    return [*facts, Fact(_("Who may read it"), readers)]


@require_http_methods(METHODS)
def ask(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    if not rules.has_perm("agreements.ask_question", user):
        raise PermissionDenied(_("Questions are asked by those who work in a unit."))
    form = QuestionForm(typed(request), actor=user, initial=asked_from(request, user))
    if request.method == "POST" and form.is_valid() and (answer := asked(request, form)):
        return answer
    page = {"form": form, "crumbs": crumbs(), "heading": _("Ask the department"), "verb": _("Send the question")}
    return render(request, "agreements/questions/form.html", page | {"back": reverse("agreements:question_list")})


def asked_from(request: HttpRequest, user: Any) -> dict[str, Any]:
    """`?ho_so=` a file, `?doi_tac=` a partner: what the page says from which somebody asks."""
    initial: dict[str, Any] = {"unit": min(principal_of(user).own_unit_ids, default=None)}
    number = request.GET.get("ho_so", "").replace("\0", "")[:24]
    if number and (case := Case.objects.visible_to(user).filter(number=number).first()):
        initial["about_number"] = shown(case.number)
    partner = request.GET.get("doi_tac", "")
    if is_key(partner):
        initial["partner"] = Partner.objects.visible_to(user).filter(pk=int(partner)).first()
    return initial


def asked(request: HttpRequest, form: QuestionForm) -> HttpResponse | None:
    data = form.cleaned_data
    try:
        made = services.ask_question(data["title"], data["unit"], actor=person_of(request), fields=form.values)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        form.add_error(None, refusal.reasons)
        return None
    words = _("The question is sent as %(number)s. The answer is due on %(day)s.")
    messages.success(request, words % {"number": shown(made.case.number), "day": weekday_day(made.due_on)})
    return redirect(made)


@require_http_methods(METHODS)
def edit(request: HttpRequest, number: str) -> HttpResponse:
    found, user = visible_question(request, number), person_of(request)
    if not rules.has_perm("agreements.change_question", user, found.case):
        return doors.refused_page(
            request,
            found.case,
            _("What has been answered is no longer changed. Ask again on the page of the question."),
        )
    form = QuestionForm(typed(request), actor=user, question=found)
    if request.method == "POST" and form.is_valid():
        act = partial(
            services.update_question, found, actor=user, title=form.cleaned_data["title"], fields=form.values,
            expected_version=version_in(request),
        )  # fmt: skip
        if answer := doors.carried_out(request, found.case, form, act, said=_("The question is saved."), to=found):
            return answer
    return form_page(request, found, form, _("Edit the question"), _("Save"))


def form_page(request: HttpRequest, found: Question, form: Any, heading: str, verb: str, **more: Any) -> HttpResponse:
    page = {"form": form, "case": found.case, "question": found, "heading": heading, "verb": verb}
    page |= {
        "crumbs": crumbs(found),
        "back": found.get_absolute_url(),
        "version": version_in(request) or found.case.version,
    }
    return render(request, "agreements/questions/form.html", page | more)


@require_http_methods(METHODS)
def answer(request: HttpRequest, number: str) -> HttpResponse:
    found, user = visible_question(request, number), person_of(request)
    may = rules.has_perm("agreements.answer_question", user, found.case)
    if found.case.state not in QuestionState.UNANSWERED or not may:
        return doors.refused_page(request, found.case, _("You may not answer this question."))
    initial = {"is_shared": found.about_id is None}
    form = AnswerForm(typed(request), request.FILES or None, actor=user, where=facts_of(request), initial=initial)
    if request.method == "POST" and form.is_valid() and (reply := answered(request, found, form)):
        return reply
    return form_page(
        request, found, form, _("Answer the question"), _("Send the answer"), alike=queries.alike(found, user)
    )


def answered(request: HttpRequest, found: Question, form: AnswerForm) -> HttpResponse | None:
    data = form.cleaned_data
    act = partial(
        answer_question, found, actor=person_of(request), text=data["text"], basis=data["basis"], shared=data["is_shared"],
        file=upload_in(form, "file", request), request_id=request_key(request), expected_version=version_in(request),
    )  # fmt: skip
    said = _("The answer is sent to the unit and kept here.")
    return doors.carried_out(request, found.case, form, act, said=said, to=found)


@require_http_methods(METHODS)
def hand_on(request: HttpRequest, number: str) -> HttpResponse:
    found, user = visible_question(request, number), person_of(request)
    if not rules.has_perm("agreements.hand_on_question", user, found.case):
        return doors.refused_page(request, found.case, _("Only who is to answer the question hands it on."))
    initial = {"unit": found.answering_unit_id, "person": found.answerer_id}
    form = HandOnForm(typed(request), question=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        act = partial(
            services.hand_on_question, found, actor=user, unit=data["unit"], person=data["person"], reason=data["reason"],
            expected_version=version_in(request),
        )  # fmt: skip
        if reply := doors.carried_out(request, found.case, form, act, said=_("The question is handed on."), to=found):
            return reply
    return form_page(request, found, form, _("Hand the question on"), _("Hand it on"))


@require_POST
def share(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_question(request, number)
    act = partial(services.share_question, found, actor=person_of(request), shared=not found.is_shared)
    if reply := doors.carry_out(request, found.case, act):
        return reply
    said = _("Only the units concerned read it now.") if found.is_shared else _("Every unit may read it now.")
    messages.success(request, said)
    return redirect(found)
