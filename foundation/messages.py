"""Words for the failures any page can meet: a title, and what to do."""

from flask_babel import lazy_gettext as _l

WORDS = {
    "csrf": (_l("This form is too old"),
             _l("The form was opened in another session. Go back, copy what you typed, reload and send it again.")),
    400: (_l("This request cannot be read"), _l("Go back and try again. If it happens again, tell the administrator.")),
    401: (_l("Sign in first"),
          _l("Your session has ended. Sign in, then go back and send again: the page still holds what you typed.")),
    403: (_l("You may not do this"), _l("Your role does not allow this page. Ask the administrator if you need it.")),
    404: (_l("Not found"), _l("There is nothing at this address. Check it, or start from the home page.")),
    405: (_l("This address does not take that request"), _l("Go back and use the buttons on the page.")),
    409: (_l("This cannot be done now"),
          _l("Something has changed since the page was opened. Reload it and look again.")),
    413: (_l("The file is too large"), _l("Send at most 32 MB at once.")),
    422: (_l("Some entries need correcting"), _l("Look at the marked entries.")),
    429: (_l("Too many requests"), _l("Wait a minute and try again.")),
    500: (_l("Something went wrong on our side"),
          _l("Nothing was saved by this request. Try again; if it stays, tell the administrator the time of day.")),
}


def explain(status: int | str) -> tuple[str, str]:
    """Title and advice for a status."""
    other = 500 if isinstance(status, int) and status >= 500 else 400
    title, advice = WORDS.get(status, WORDS[other])
    return str(title), str(advice)


def bare_page(status: int, reference: str) -> str:
    """A page that needs no database, template, session or language, for when one of them is what failed."""
    advice = "Hãy thử lại; nếu vẫn lỗi, hãy báo người quản trị." if status >= 500 else "Hãy kiểm tra địa chỉ."
    english = "Try again; if it stays, tell the administrator." if status >= 500 else "Check the address."
    return ("<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>Phân phối xanh</title>"
            f"<h1>Hệ thống không trả lời được ({status})</h1><p>{advice} Mã: {reference}</p>"
            f"<p lang=\"en\">This could not be answered. {english} Reference: {reference}</p></html>")
