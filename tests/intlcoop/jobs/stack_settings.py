"""The portal's settings with the kinds of `trial_app`; the environment may shorten the lease."""

from __future__ import annotations

from intlcoop.settings import *  # noqa: F403
from intlcoop.settings import INSTALLED_APPS, env

INSTALLED_APPS = ["tests.intlcoop.jobs.trial_app", *INSTALLED_APPS]
JOB_LEASE_SECONDS = float(env("TRIAL_LEASE_SECONDS", "15"))
JOB_RENEW_SECONDS = float(env("TRIAL_RENEW_SECONDS", "5"))
