"""Formats of the English pages: the same as the Vietnamese ones, for one date must not read as two."""
