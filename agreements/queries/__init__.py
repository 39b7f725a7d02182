"""Reads of this room that are more than a filter, by what they read."""

from agreements.queries.finding import find_contacts, find_partners

__all__ = ["find_contacts", "find_partners"]
