"""Merging, renaming and splitting units as guided acts: say it, see what moves, record it; before its day take it back."""
