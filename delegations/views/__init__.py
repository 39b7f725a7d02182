"""Doors to trips: the list, the file, its form, its papers, its report."""
