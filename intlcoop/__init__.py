"""The project and its platform. Nothing below this folder knows about delegations."""

from intlcoop.celery import app as celery_app

__all__ = ["celery_app"]
