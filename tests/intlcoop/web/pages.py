"""Pages for the tests of the frame: a list, a form with rows, a page with a dialog, and pages that fail."""

from __future__ import annotations

import django_filters
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import include, path
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from intlcoop.people.models import User
from intlcoop.web import answers, request_ids, retained
from intlcoop.web.display import Caution, Fact, StepLine
from intlcoop.web.forms import (
    AmountField,
    DayField,
    DayInput,
    LineField,
    LongTextField,
    PortalForm,
    folded,
    row,
    section,
)
from intlcoop.web.lists import ListColumn, ListPage


class PersonFilter(django_filters.FilterSet):
    language = django_filters.ChoiceFilter(label="Ngôn ngữ", choices=[("vi", "Tiếng Việt"), ("en", "Tiếng Anh")])
    joined = django_filters.DateFilter(
        label="Từ ngày", field_name="date_joined", lookup_expr="date__gte", widget=DayInput()
    )

    class Meta:
        model = User
        fields: list[str] = []


class PersonList(ListPage):
    model = User
    title = "Đoàn ra"
    filterset_class = PersonFilter
    default_sort = "name"
    empty_text = "Chưa có đoàn nào."
    columns = (
        ListColumn(name="login", label="Số", value="username", sort=["username"], key=True),
        ListColumn(name="name", label="Họ và tên", value="full_name", sort=["full_name"], wide=True),
        ListColumn(name="joined", label="Ngày", value="date_joined", kind="date"),
        ListColumn(name="mail", label="Thư", value="email", screen=False),
        ListColumn(
            name="mark", label="Trạng thái", value=lambda row: "x", template="web_tests/status.html", export=False
        ),
    )

    def rows(self) -> QuerySet[User]:
        return User.objects.filter(is_superuser=False)

    def search(self, queryset: QuerySet[User], text: str) -> QuerySet[User]:
        return queryset.filter(full_name__icontains=text)

    def url_of(self, row: User) -> str:
        return f"/mau/ho-so/?so={row.username}"

    def get_empty_action(self) -> tuple[str, str]:
        return "Lập hồ sơ", "/mau/bieu-mau/"


class MemberForm(PortalForm):
    name = LineField(label="Họ tên thành viên")

    def layout(self) -> Layout:
        return Layout("name")


class TripForm(PortalForm):
    summary = False
    title = LineField(label="Tên đoàn", max_length=50, help_text="Viết ngắn gọn.")
    starts_on = DayField(label="Ngày đi")
    mode = forms.ChoiceField(label="Hình thức", choices=[("led", "Làm trưởng đoàn")], widget=forms.RadioSelect)
    cost = AmountField(label="Kinh phí", required=False)
    purpose = LongTextField(label="Mục đích", required=False)
    hotel = LineField(label="Khách sạn", required=False)

    def layout(self) -> Layout:
        return Layout(section("Đi đâu", "title", row("starts_on", "cost"), "mode", "purpose"), folded("Ăn ở", "hotel"))


MemberFormSet = forms.formset_factory(MemberForm, extra=2, can_delete=True)


def trip_form(request: HttpRequest) -> HttpResponse:
    data = retained.typed(request)
    form, members = TripForm(data), MemberFormSet(data, prefix="members")
    if request.method == "POST" and form.is_valid() and members.is_valid():
        return redirect("/mau/ho-so/")
    return render(request, "web_tests/form.html", {"form": form, "members": members})


class CommentView(retained.RetainedFormMixin, FormView):
    form_class = MemberForm
    template_name = "web_tests/plain_form.html"
    success_url = "/mau/ho-so/"


def file_page(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "web_tests/file.html",
        {
            "steps": [StepLine(state="now", title="Thẩm định", days_left=-2), StepLine(state="coming", title="Ký")],
            "cautions": [Caution(text="Trùng ngày", url="#a")],
            "facts": [Fact("Mục đích", "Dự hội nghị"), Fact("Kinh phí", "")],
            "big": 12345,
        },
    )


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"id": str(request_ids.request_id_of(request)), "comment": request.POST.get("comment", "")})


def clash(request: HttpRequest) -> HttpResponse:
    return answers.conflict(request, "Bà Hà đã đồng ý.", back_url="/mau/ho-so/", facts=[Fact("Bước", "Ký")])


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


def deny(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Hồ sơ đang chờ người khác.")


urlpatterns = [
    path("", file_page),
    path("mau/danh-sach/", PersonList.as_view()),
    path("mau/bieu-mau/", trip_form),
    path("mau/y-kien/", CommentView.as_view()),
    path("mau/ho-so/", file_page),
    path("mau/viec/", act),
    path("mau/409/", clash),
    path("mau/500/", fail),
    path("mau/403/", deny),
    path("thong-bao/", include(([path("", file_page, name="list")], "notifications"))),
    path("", include("intlcoop.web.urls")),
    path("", include("intlcoop.web.account_urls")),
]
handler400 = "intlcoop.web.answers.bad_request"
handler403 = "intlcoop.web.answers.forbidden"
handler404 = "intlcoop.web.answers.not_found"
handler429 = "intlcoop.web.answers.too_many"
handler500 = "intlcoop.web.answers.server_error"
