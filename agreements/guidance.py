"""Closed lists of what the department and the units ask of and offer to each other: questions, needs, news, invitations."""

from __future__ import annotations

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class QuestionState(models.TextChoices):
    """Where a question of a unit stands (W002-09). That it is overdue is worked out from its due day."""

    OPEN = "open", pgettext_lazy("question", "Waiting for an answer")
    ESCALATED = "escalated", _("With the head for direction")
    WITH_LEADER = "with_leader", _("With the ministry's leaders for direction")
    ANSWERED = "answered", pgettext_lazy("question", "Answered")
    WITHDRAWN = "withdrawn", pgettext_lazy("question", "Taken back")

    UNANSWERED = nonmember(("open", "escalated", "with_leader"))


class NeedKind(models.TextChoices):
    """What a unit looks for abroad (U002-05, U002-06)."""

    EXPERIENCE = "experience", _("Experience or a model to learn from")
    TECHNICAL = "technical", _("Technical assistance")
    TRAINING = "training", _("Training, scholarships")
    EXPERTS = "experts", _("Experts, advisers")
    FUNDING = "funding", _("Funding")
    JOINT = "joint", _("A joint activity or study")


class NeedState(models.TextChoices):
    OPEN = "open", pgettext_lazy("need", "Looking for a partner")
    UNDER_WAY = "under_way", _("In talks with a partner")
    MET = "met", pgettext_lazy("need", "Met")
    DROPPED = "dropped", pgettext_lazy("need", "No longer needed")

    UNMET = nonmember(("open", "under_way"))


class MatchState(models.TextChoices):
    """What a partner said of a need that it was thought of for."""

    PROPOSED = "proposed", pgettext_lazy("match", "Thought of")
    ASKED = "asked", pgettext_lazy("match", "Asked")
    WILLING = "willing", pgettext_lazy("match", "Willing")
    UNWILLING = "unwilling", pgettext_lazy("match", "Not willing")


class NewsKind(models.TextChoices):
    """What is new about a partner (W004-05)."""

    POLICY = "policy", _("Support policy")
    PRIORITY = "priority", _("Priorities")
    CALL = "call", _("Call for proposals, funding round")
    TRAINING = "training", _("Scholarships, training courses")
    ORGANISATION = "organisation", _("Organisation and people")


class InvitationKind(models.TextChoices):
    CONFERENCE = "conference", _("Conference")
    WORKSHOP = "workshop", _("Workshop or seminar")
    FORUM = "forum", pgettext_lazy("invitation", "Forum")
    COURSE = "course", _("Training course")
    STUDY_VISIT = "study_visit", _("Study visit")
    EXCHANGE = "exchange", _("Exchange of officials")
    OTHER = "other", pgettext_lazy("invitation", "Other activity")


class SignUpAnswer(models.TextChoices):
    """What the department says to a unit that signed up."""

    WAITING = "waiting", pgettext_lazy("sign-up", "Not answered yet")
    CHOSEN = "chosen", pgettext_lazy("sign-up", "Chosen")
    NOT_CHOSEN = "not_chosen", pgettext_lazy("sign-up", "Not chosen")


#: The kind of attachment that comes with an answer.
ANSWER_FILE = "answer"
