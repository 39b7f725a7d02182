"""Who sees a job, what it says, and who may stop it or run it again."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from intlcoop.jobs import health
from intlcoop.jobs.choices import JobState
from intlcoop.jobs.models import Job
from tests.intlcoop.jobs.factories import TRIAL, JobFactory

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def page(job):
    return reverse("jobs:job", args=[job.pk])


@pytest.fixture
def alive():
    health.beat(health.WORKER)


def test_whoever_ordered_it_sees_it_and_a_stranger_gets_404(client, trial, person, stranger):
    job = JobFactory(requested_by=person)
    client.force_login(stranger)
    assert client.get(page(job)).status_code == 404
    for action in ("cancel", "retry"):
        assert client.post(reverse(f"jobs:{action}", args=[job.pk])).status_code == 404
    client.force_login(person)
    assert client.get(page(job)).status_code == 200


def test_a_job_that_does_not_exist_looks_like_a_foreign_one(client, person):
    client.force_login(person)
    assert client.get(reverse("jobs:job", args=[uuid.uuid4()])).status_code == 404


def test_an_anonymous_visitor_is_sent_to_the_login(client, trial):
    assert client.get(page(JobFactory())).status_code == 302


def test_a_kind_may_show_its_job_to_others_who_then_may_only_look(client, register, stranger):
    register(visible_to=lambda user, job: user == stranger)
    job = JobFactory()
    client.force_login(stranger)
    assert client.get(page(job)).status_code == 200
    assert client.post(reverse("jobs:cancel", args=[job.pk])).status_code == 403
    assert "/huy/" not in client.get(page(job)).text


def test_a_live_job_is_asked_for_again_and_an_ended_one_is_not(client, trial, person, alive):
    client.force_login(person)
    for job, again in [(JobFactory(requested_by=person), True), (JobFactory(requested_by=person, done=True), False)]:
        text = client.get(page(job), headers=HTMX).text
        assert ("every 2s" in text) is again
        assert "<html" not in text


def test_the_progress_is_written_without_a_thousands_separator_or_comma(client, trial, person):
    client.force_login(person)
    text = client.get(page(JobFactory(requested_by=person, running=True, progress=100))).text
    assert 'value="100"' in text


def test_a_waiting_job_says_its_place_in_the_queue(client, trial, person, alive):
    JobFactory.create_batch(2, created_at="2026-01-01T00:00:00Z")
    client.force_login(person)
    assert " 3 " in client.get(page(JobFactory(requested_by=person)), headers=HTMX).text


def test_json_for_scripts(client, trial, person, alive):
    client.force_login(person)
    job = JobFactory(requested_by=person, running=True, progress=40, progress_note="Đang dựng trang")
    found = client.get(page(job), headers={"Accept": "application/json"}).json()
    assert (found["state"], found["progress"], found["text"]) == ("running", 40, "Đang dựng trang")


@pytest.mark.parametrize("traits", [{"abandoned": True}, {"attempt": 1}])
def test_an_interrupted_job_says_that_it_runs_again(client, trial, person, alive, traits):
    from django.utils.translation import gettext

    client.force_login(person)
    text = client.get(page(JobFactory(requested_by=person, **traits)), headers=HTMX).text
    assert gettext("Interrupted") in text


def test_a_waiting_job_says_when_no_worker_runs(client, trial, person):
    from django.utils.translation import gettext

    client.force_login(person)
    text = client.get(page(JobFactory(requested_by=person)), headers=HTMX).text
    assert (
        gettext("The processor is not running. The work is recorded and starts by itself once it runs again.") in text
    )


def test_a_failed_job_says_why_and_can_be_run_again_by_its_owner(client, trial, person):
    job = JobFactory(requested_by=person, failed=True)
    client.force_login(person)
    assert job.failure_reason in client.get(page(job)).text
    client.post(reverse("jobs:retry", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_an_administrator_may_cancel_anybodys_job(client, trial, person, administrator):
    job = JobFactory(requested_by=person)
    client.force_login(administrator)
    client.post(reverse("jobs:cancel", args=[job.pk]))
    job.refresh_from_db()
    assert (job.state, job.cancel_requested_by) == (JobState.CANCELLED, administrator)


def test_cancelling_what_has_ended_explains_itself(client, trial, person):
    job = JobFactory(requested_by=person, done=True)
    client.force_login(person)
    response = client.post(reverse("jobs:cancel", args=[job.pk]), follow=True)
    assert response.status_code == 200
    assert len(response.context["messages"]) == 1


@pytest.mark.parametrize("method", ["get", "head"])
def test_nothing_is_changed_by_reading(client, trial, person, method):
    job = JobFactory(requested_by=person)
    client.force_login(person)
    for action in ("cancel", "retry"):
        assert getattr(client, method)(reverse(f"jobs:{action}", args=[job.pk])).status_code == 405
    assert Job.objects.get().state == JobState.QUEUED


def test_the_next_page_is_one_of_ours(client, trial, person):
    client.force_login(person)
    job = JobFactory(requested_by=person, failed=True)
    response = client.post(reverse("jobs:retry", args=[job.pk]), {"next": "https://example.com/"})
    assert response.url == page(job)


def test_the_system_page_is_for_administrators(client, trial, person, administrator, messages):
    client.force_login(person)
    assert client.get(reverse("jobs:system")).status_code == 403
    client.force_login(administrator)
    assert client.get(reverse("jobs:system")).status_code == 200


def test_the_system_page_lists_what_failed_by_kind(client, register, administrator, messages):
    register(describe=lambda job: f"Đoàn số {job.params['number']}")
    register("other", label="Việc khác")
    first = JobFactory(failed=True)
    JobFactory(failed=True, kind="other")
    JobFactory()
    client.force_login(administrator)
    text = client.get(reverse("jobs:system")).text
    assert "Việc thử (1)" in text
    assert "Việc khác (1)" in text
    only = client.get(reverse("jobs:system"), {"loai": TRIAL}).text
    assert f"Đoàn số {first.params['number']}" in only
    assert only.count("/thu-lai/") == 1


def test_the_system_page_costs_the_same_for_one_and_many(
    client, trial, administrator, messages, django_assert_max_num_queries
):
    client.force_login(administrator)
    client.get(reverse("jobs:system"))  # the frame remembers the ministry's name
    costs = []
    for _visit in (1, 3):
        JobFactory.create_batch(2, failed=True)
        with django_assert_max_num_queries(15) as queries:
            client.get(reverse("jobs:system"))
        costs.append(len(queries))
    assert costs[0] == costs[1]
