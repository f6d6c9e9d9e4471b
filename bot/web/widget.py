"""The built widget: one file, under an address that always has the newest and under one that never changes."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from bot.settings import ROOT

_FILE = ROOT / "bot" / "widget" / "dist" / "widget.js"
_VERSION_LENGTH = 12
# A page that embeds the newest asks again after five minutes; a version never changes.
_NEWEST = "public, max-age=300"
_FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class _Built:
    version: str
    plain: bytes
    gzipped: bytes


@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """Return the widget as it is built now."""
    return _response(request, _built(), _NEWEST)


@require_safe
def versioned(request: HttpRequest, version: str) -> HttpResponse:
    """Return the widget if it has that version, the first 12 digits of its SHA-256."""
    built = _built()
    if version != built.version:
        raise Http404
    return _response(request, built, _FOREVER)


def _response(request: HttpRequest, built: _Built, caching: str) -> HttpResponse:
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    etag = f'"{built.version}-gzip"' if zipped else f'"{built.version}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(built.gzipped if zipped else built.plain, content_type="text/javascript; charset=utf-8")
        if zipped:
            response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    response["Cache-Control"] = caching
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _built() -> _Built:
    try:
        changed = _FILE.stat().st_mtime_ns
    except FileNotFoundError:
        raise Http404 from None
    return _read(_FILE, changed)


@lru_cache(maxsize=1)
def _read(path: Path, _changed: int) -> _Built:
    plain = path.read_bytes()
    version = hashlib.sha256(plain).hexdigest()[:_VERSION_LENGTH]
    return _Built(version, plain, gzip.compress(plain, compresslevel=9, mtime=0))
