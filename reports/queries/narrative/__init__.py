"""How does the report read? Vietnamese text in the ministry's manner (domain.md A5), composed from the frozen figures.

Pure functions: figures and rows in, blocks of plain JSON out. The report itself is Vietnamese whatever the page's
language, so nothing here is translated. A sentence without records is left out and its gap is listed.
"""

from reports.queries.narrative.composing import compose, compose_all
from reports.queries.narrative.material import Material
from reports.queries.narrative.outline import lay_out, outline_of

__all__ = ["Material", "compose", "compose_all", "lay_out", "outline_of"]
