"""How does a paper look in print? The layout of Decree 30/2020/NĐ-CP, Annex I, as HTML and CSS for PDF.

A4; margins top 20, bottom 20, left 30, right 20 mm; Times New Roman 14 pt; page number in the middle of the top margin
from page 2 on. Whole papers come from `paper_html`; a report with its own template takes the pieces it needs. All
functions return escaped, safe HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from intlcoop.exporting.papers import (
    FRAMES,
    MOTTO,
    NATION,
    Annex,
    Article,
    Banner,
    Basis,
    Block,
    Bullet,
    Drawing,
    Head,
    Heading,
    Paper,
    Paragraph,
    Recipients,
    Signature,
    Table,
    annex_titles,
    settled,
)

DECREE30_CSS = """
@page { size: A4; margin: 20mm 20mm 20mm 30mm;
  @top-center { content: counter(page); font: 13pt "Times New Roman", "Liberation Serif", serif; } }
@page :first { @top-center { content: none; }  }
@page landscape { size: A4 landscape; }
html { font: 14pt/1.25 "Times New Roman", "Liberation Serif", serif; color: #000; }
body { margin: 0; }
h1, h2, h3, p, table { margin: 0; padding: 0; font-size: inherit; }
p, td, th, h1, h2, h3 { overflow-wrap: anywhere; }
p { orphans: 2; widows: 2; }

.d30-head { width: 100%; border-collapse: collapse; table-layout: fixed; text-align: center; line-height: 1.2; }
.d30-head td { padding: 0; vertical-align: top; }
.d30-head .d30-left { width: 42%; padding-right: 4mm; }
.d30-superior, .d30-issuer, .d30-nation { font-size: 12pt; }
.d30-superior, .d30-issuer { text-transform: uppercase; }
.d30-issuer, .d30-nation, .d30-motto { font-weight: bold; }
.d30-motto, .d30-number, .d30-place { font-size: 13pt; }
.d30-nation { white-space: nowrap; }
.d30-place { font-style: italic; }
.d30-letter { font-size: 12pt; padding-top: 6pt; }
.d30-head .d30-second td { padding-top: 6pt; }
.d30-mark { box-sizing: border-box; margin: 6pt auto 0; border: .75pt solid #000; font-size: 13pt; font-weight: bold;
  line-height: 7.4mm; white-space: nowrap; }
.d30-address { position: running(d30-address); border-top: .75pt solid #000; padding-top: 2pt; font-size: 11pt;
  line-height: 1.2; text-align: center; }
.d30-ruled { display: inline-block; max-width: 100%; }
.d30-ruled::after { content: ""; display: block; border-top: .75pt solid #000; margin: 1.5pt auto 0; width: 40%; }
.d30-motto .d30-ruled::after { width: 100%; }

.d30-title { margin-top: 20pt; font-weight: bold; text-align: center; text-transform: uppercase; break-after: avoid; }
.d30-subject { font-weight: bold; text-align: center; break-after: avoid; }
.d30-to { margin: 14pt 0 6pt; text-align: center; }
.d30-to-many { margin: 14pt 0 6pt 25%; }
.d30-title + .d30-body, .d30-subject + .d30-body, .d30-head + .d30-body { margin-top: 14pt; }

.d30-p, .d30-basis, .d30-article, .d30-bullet { margin: 6pt 0; text-align: justify; text-indent: 1cm; }
.d30-basis { font-style: italic; }
.d30-banner { margin: 12pt 0; text-align: center; font-weight: bold; break-after: avoid; }
.d30-flush { text-indent: 0; }
.d30-align-left { text-align: left; } .d30-align-center { text-align: center; }
.d30-align-right { text-align: right; } .d30-align-justify { text-align: justify; }
.d30-bold { font-weight: bold; } .d30-italic { font-style: italic; }
.d30-body h2, .d30-body h3, .d30-body h4 { font-size: 14pt; margin: 12pt 0 6pt; text-indent: 1cm; font-weight: bold;
  break-after: avoid; }
.d30-body h2 { text-transform: uppercase; }
.d30-body h4 { font-style: italic; margin-bottom: 6pt; }

.d30-table { width: 100%; margin: 8pt 0; border-collapse: collapse; table-layout: fixed; font-size: 12pt;
  line-height: 1.2; }
.d30-table caption { caption-side: top; font-style: italic; padding-bottom: 4pt; }
.d30-table th, .d30-table td { border: .5pt solid #000; padding: 3pt 4pt; vertical-align: top; }
.d30-table th { font-weight: bold; text-align: center; vertical-align: middle; }
.d30-table thead { display: table-header-group; }
.d30-table tr { break-inside: avoid; }
.d30-table .d30-total td { font-weight: bold; }
.d30-table .d30-group td { font-weight: bold; text-align: left; break-after: avoid; }
.d30-drawing { margin: 6pt 0 8pt; text-align: center; break-inside: avoid; }
.d30-drawing svg { width: 100%; height: auto; }

.d30-close { width: 100%; margin-top: 14pt; border-collapse: collapse; table-layout: fixed; break-inside: avoid;
  break-before: avoid; }
.d30-close td { width: 50%; padding: 0; vertical-align: top; }
.d30-copies { font-size: 11pt; line-height: 1.2; }
.d30-copies strong { font-size: 12pt; font-style: italic; }
.d30-copies p { text-align: left; }
.d30-sign { text-align: center; font-weight: bold; }
.d30-pen { height: 26mm; font-weight: normal; font-style: italic; padding-top: 4pt; }

.d30-title { bookmark-level: none; }
.d30-body h2 { bookmark-level: 1; }
.d30-body h3 { bookmark-level: 2; }
.d30-body h4 { bookmark-level: 3; }
.d30-contents { break-before: page; }
.d30-contents p { margin: 3pt 0; padding-right: 10mm; }
.d30-contents .d30-banner { margin: 0 0 10pt; padding: 0; }
.d30-contents .d30-level-1 { font-weight: bold; margin-top: 6pt; }
.d30-contents .d30-level-2 { padding-left: 8mm; }
.d30-contents .d30-level-3 { padding-left: 16mm; }
.d30-contents a { color: inherit; text-decoration: none; }
.d30-contents a::after { content: leader(". ") target-counter(attr(href), page); font-weight: normal; }
.d30-annex { break-before: page; }
.d30-landscape { page: landscape; }
.d30-attached { text-align: center; font-style: italic; }
"""


def head_html(head: Head, *, letter_subject: str = "") -> SafeString:
    """The head in two columns. `letter_subject` is printed as "V/v ..." under the number of an official letter."""
    issuer = f'<div class="d30-issuer"><span class="d30-ruled">{escape(head.issuer)}</span></div>'
    superior = f'<div class="d30-superior">{escape(head.superior)}</div>' if head.superior else ""
    number = f'<div class="d30-number">{escape(head.number_line)}</div>' if head.number_line else ""
    letter = f'<div class="d30-letter">V/v {escape(letter_subject)}</div>' if letter_subject else ""
    return mark_safe(  # noqa: S308 - every part is escaped
        '<table class="d30-head" role="presentation"><tr>'
        f'<td class="d30-left">{superior}{issuer}</td>'
        f'<td><div class="d30-nation">{NATION}</div>'
        f'<div class="d30-motto"><span class="d30-ruled">{MOTTO}</span></div></td></tr>'
        f'<tr class="d30-second"><td class="d30-left">{number}{letter}{_marks(head)}</td>'
        f'<td><div class="d30-place">{escape(head.place_and_date)}</div></td></tr></table>'
    )


def _marks(head: Head) -> str:
    sizes = ((mark, *FRAMES[mark]) for mark in head.marks)
    return "".join(
        f'<div class="d30-mark" style="width:{width}mm;height:{height}mm">{escape(mark)}</div>'
        for mark, width, height in sizes
    )


def title_html(title: str, subject: str = "") -> SafeString:
    """The type's name in capitals, and the subject with a line under it."""
    below = f'<p class="d30-subject"><span class="d30-ruled">{escape(subject)}</span></p>' if subject else ""
    return mark_safe(f'<h1 class="d30-title">{escape(title)}</h1>{below}')  # noqa: S308


def blocks_html(blocks: Iterable[Block], *, end_mark: bool = False) -> SafeString:
    """The body, in a container of its own."""
    inner = "".join(_block(block) for block in settled(blocks, end_mark=end_mark))
    return mark_safe(f'<div class="d30-body">{inner}</div>')  # noqa: S308


def close_html(
    recipients: Recipients | None, signature: Signature | None, countersignature: Signature | None = None
) -> SafeString:
    """ "Nơi nhận" at the left, the signature at the right; a second signature stands left, the copies below it."""
    copies = _copies(recipients) if recipients else ""
    left = _signature(countersignature) if countersignature else copies
    right = _signature(signature) if signature else ""
    if not (left or right):
        return mark_safe("")
    below = f'<tr><td colspan="2">{copies}</td></tr>' if countersignature and copies else ""
    return mark_safe(  # noqa: S308
        f'<table class="d30-close" role="presentation"><tr><td>{left}</td><td>{right}</td></tr>{below}</table>'
    )


def annex_html(label: str, annex: Annex) -> SafeString:
    """An annex on a page of its own."""
    attached = f'<p class="d30-attached">({escape(annex.attached_to)})</p>' if annex.attached_to else ""
    page = " d30-landscape" if annex.landscape else ""
    return mark_safe(  # noqa: S308
        f'<section class="d30-annex{page}"><p class="d30-banner">{escape(label)}<br>{escape(annex.title)}</p>'
        f"{attached}{blocks_html(annex.blocks)}</section>"
    )


def contents_html(entries: Iterable[tuple[int, str, str]]) -> SafeString:
    """ "MỤC LỤC" on a page of its own: (level, id of the heading, text), with the page of each; nothing without entries."""
    lines = "".join(
        f'<p class="d30-level-{level}"><a href="#{escape(anchor)}">{escape(text)}</a></p>'
        for level, anchor, text in entries
    )
    if not lines:
        return mark_safe("")
    return mark_safe(f'<nav class="d30-contents"><p class="d30-banner">MỤC LỤC</p>{lines}</nav>')  # noqa: S308


def foot_style(text: str) -> SafeString:
    """A style element that prints the text and "Trang x/y" small in the bottom margin of each page."""
    said = re.sub(r"[^\w .·/-]", "", text)
    return mark_safe(  # noqa: S308 - nothing that could end the string is left
        '<style>@page { @bottom-center { font: 10pt "Times New Roman", "Liberation Serif", serif; '
        f'content: "{said} · Trang " counter(page) "/" counter(pages); }} }}</style>'
    )


def document_html(title: str, body: str, *, lang: str = "vi") -> str:
    """A whole page around safe HTML, ready for `render_pdf` together with DECREE30_CSS."""
    return (
        f'<!doctype html><html lang="{escape(lang)}"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f"<body>{body}</body></html>"
    )


def paper_html(paper: Paper) -> str:
    """The whole paper as an HTML page, ready for `render_pdf` together with DECREE30_CSS."""
    letter = not paper.title
    parts = [
        _address(paper.address),
        head_html(paper.head, letter_subject=paper.subject if letter else ""),
        "" if letter else title_html(paper.title, paper.subject),
        _addressees(paper.to),
        blocks_html(paper.blocks, end_mark=paper.end_mark),
        close_html(paper.recipients, paper.signature, paper.countersignature),
        *(annex_html(label, annex) for label, annex in zip(annex_titles(paper.annexes), paper.annexes, strict=True)),
    ]
    return document_html(paper.name, "".join(parts))


def _address(text: str) -> str:
    """At the foot of the first page; papers without one keep that place for what else stands there."""
    if not text:
        return ""
    rule = "<style>@page :first { @bottom-center { content: element(d30-address); width: 100%; } }</style>"
    return f'{rule}<div class="d30-address">{escape(text)}</div>'


def _addressees(names: tuple[str, ...]) -> str:
    if not names:
        return ""
    if len(names) == 1:
        return f'<p class="d30-to">Kính gửi: {escape(names[0])}</p>'
    lines = "".join(f"<br>- {escape(name)}{'.' if name is names[-1] else ';'}" for name in names)
    return f'<p class="d30-to-many">Kính gửi:{lines}</p>'


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _paragraph(block)
        case Basis():
            return f'<p class="d30-basis">{escape(block.text)}</p>'
        case Banner():
            return f'<p class="d30-banner">{_lines(block.text)}</p>'
        case Article():
            clauses = "".join(f'<p class="d30-p">{escape(clause)}</p>' for clause in block.clauses)
            return f'<p class="d30-article"><strong>Điều {block.number}.</strong> {escape(block.text)}</p>{clauses}'
        case Heading():
            level = block.level + 1
            return f"<h{level}>{escape(block.text)}</h{level}>"
        case Bullet():
            return f'<p class="d30-bullet">- {escape(block.text)}</p>'
        case Table():
            return table_html(block)
        case Drawing():
            return f'<div class="d30-drawing">{block.svg}</div>'


def _paragraph(block: Paragraph) -> str:
    marks = ["d30-p", f"d30-align-{block.align}"]
    if not block.indent or block.align in ("center", "right"):
        marks.append("d30-flush")
    marks += [mark for mark, on in (("d30-bold", block.bold), ("d30-italic", block.italic)) if on]
    lead = f"<strong>{escape(block.lead)}</strong> " if block.lead else ""
    return f'<p class="{" ".join(marks)}">{lead}{escape(block.text)}</p>'


def table_html(table: Table) -> SafeString:
    """A bordered table whose header row is repeated on each page."""
    columns = "".join(f'<col style="width:{share * 100:.2f}%">' for share in table.shares)
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    header = "".join(f'<th scope="col">{_lines(cell)}</th>' for cell in table.headers)
    head = f"<thead><tr>{header}</tr></thead>" if header else ""
    body = "".join(f"<tr{_of_group(row)}>{_cells(table, row)}</tr>" for row in table.rows)
    total = f'<tr class="d30-total">{_cells(table, table.total)}</tr>' if table.total else ""
    return mark_safe(  # noqa: S308
        f'<table class="d30-table">{caption}<colgroup>{columns}</colgroup>{head}<tbody>{body}{total}</tbody></table>'
    )


def _of_group(row: tuple[str, ...] | str) -> str:
    return ' class="d30-group"' if isinstance(row, str) else ""


def _cells(table: Table, row: tuple[str, ...] | str) -> str:
    if isinstance(row, str):
        return f'<td colspan="{table.columns}">{_lines(row)}</td>'
    return "".join(f'<td class="d30-align-{table.align(i)}">{_lines(cell)}</td>' for i, cell in enumerate(row))


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.split("\n"))


def _copies(recipients: Recipients) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in recipients.lines)
    return f'<div class="d30-copies"><strong>Nơi nhận:</strong>{lines}</div>'


def _signature(signature: Signature) -> str:
    lines = "<br>".join(escape(line) for line in signature.lines)
    pen = f'<div class="d30-pen">{escape(signature.note)}</div>'
    return f'<div class="d30-sign">{lines}{pen}{escape(signature.name)}</div>'
