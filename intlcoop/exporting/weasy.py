"""The only module that imports WeasyPrint; `pdf.render_pdf` imports it when it is called."""

from __future__ import annotations

import logging
import mimetypes
from collections.abc import Mapping, Sequence

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from intlcoop.exporting.pdf import ASSET_SCHEME, PdfAssetRefused

# Seven lines per document at INFO say nothing that a job's own progress does not.
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)


class AssetRefusedFatally(FatalURLFetchingError):  # noqa: N818 - as its public twin
    """A BaseException: WeasyPrint swallows ordinary ones and would print the page without the picture."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class AssetFetcher(URLFetcher):
    """Knows the given assets and no other source: no files, no network, no redirects."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._assets = assets
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        name = url.removeprefix(ASSET_SCHEME)
        if not url.startswith(ASSET_SCHEME) or name not in self._assets:
            self.refused.append(url)
            raise AssetRefusedFatally(url)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, self._assets[name], {"Content-Type": kind})


def write_pdf(
    html: str,
    *,
    stylesheets: Sequence[str],
    assets: Mapping[str, bytes],
    title: str,
    variant: str | None,
    identifier: bytes,
) -> bytes:
    """See `pdf.render_pdf`."""
    fetcher = AssetFetcher(assets)
    fonts = FontConfiguration()
    try:
        styles = [CSS(string=text, url_fetcher=fetcher, font_config=fonts) for text in stylesheets]
        document = HTML(string=html, url_fetcher=fetcher).render(font_config=fonts, stylesheets=styles)
        if title:
            document.metadata.title = title
        pdf = document.write_pdf(pdf_identifier=identifier, pdf_variant=variant)
    except FatalURLFetchingError as refusal:
        raise PdfAssetRefused(getattr(refusal, "url", str(refusal))) from refusal
    # Drawing an SVG catches even BaseException, so the fetcher's own list has the last word.
    if fetcher.refused:
        raise PdfAssetRefused(fetcher.refused[0])
    return pdf
