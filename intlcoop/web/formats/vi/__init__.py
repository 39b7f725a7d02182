"""Formats of the Vietnamese pages."""
