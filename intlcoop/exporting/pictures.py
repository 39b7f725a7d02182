"""How does a drawing become a picture? For files that cannot hold SVG. The same drawing gives the same bytes.

WeasyPrint draws it, so this belongs to the worker and not to a request.
"""

from __future__ import annotations

import re

from intlcoop.exporting.pdf import page_images, render_pdf

#: Pixels of the picture for one of the drawing: sharp on paper (about 220 dots per inch at 16 cm).
DENSITY = 2.4
SIZE = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')


def size_of(svg: str) -> tuple[float, float]:
    """Width and height of an SVG element in its own units. Raises ValueError when it does not say."""
    found = SIZE.search(svg)
    if found is None:
        raise ValueError("the drawing has no viewBox that begins at 0 0")
    return float(found[1]), float(found[2])


def png_of(svg: str) -> bytes:
    """The drawing as a PNG picture on white."""
    width, height = size_of(svg)
    page = f"@page {{ size: {width}px {height}px; margin: 0 }} html, body {{ margin: 0 }} svg {{ display: block }}"
    # A CSS pixel is three quarters of the point that page_images counts by.
    return page_images(render_pdf(f"<html><body>{svg}</body></html>", stylesheets=[page]), scale=DENSITY * 96 / 72)[0]
