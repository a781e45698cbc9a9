"""Text goes over the wire compressed, by brotli where the browser takes it; photos, papers and fonts are so already."""

from functools import lru_cache

import brotli
from flask import Flask, Response, request
from flask_compress import Compress

TYPES = ["text/html", "text/css", "text/javascript", "text/csv", "application/json", "application/manifest+json",
         "image/svg+xml"]
LEAST = 500  # bytes; below it the headers weigh more than what is saved
METHODS = ["br", "gzip"]
QUALITY = 7  # of brotli for pages: a survey form of 260 KB in fifteen milliseconds
BEST = 11  # for scripts and style sheets, which are compressed once a process
LASTING = {"static", "vendor_file"}


def init_app(app: Flask) -> None:
    """Compress what views answer, scripts and style sheets included."""
    app.config.update(COMPRESS_MIMETYPES=TYPES, COMPRESS_MIN_SIZE=LEAST, COMPRESS_ALGORITHM=METHODS,
                      COMPRESS_ALGORITHM_STREAMING=METHODS, COMPRESS_BR_LEVEL=QUALITY,
                      COMPRESS_STREAMING_ENDPOINT_CONDITIONAL=list(LASTING))
    Compress(app)
    app.after_request(compress_once)  # comes before the one above, which passes over what is compressed


def compress_once(response: Response) -> Response:
    """A script or a style sheet asked for by its content hash: compressed at its best, and remembered."""
    if (request.endpoint not in LASTING or "v" not in request.args or response.status_code != 200
            or response.mimetype not in TYPES or "br" not in request.headers.get("Accept-Encoding", "")):
        return response
    response.direct_passthrough = False
    response.set_data(squeeze(response.get_data()))
    response.headers["Content-Encoding"] = "br"
    for name in ("ETag", "Last-Modified", "Content-Disposition", "Date", "Accept-Ranges"):  # it never changes there
        response.headers.pop(name, None)
    response.vary.add("Accept-Encoding")
    return response


@lru_cache(maxsize=500)
def squeeze(text: bytes) -> bytes:
    """Brotli at its best."""
    return brotli.compress(text, quality=BEST)
