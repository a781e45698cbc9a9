"""The register over 100,000 establishments: list and search pages against the bare indexed query.

The floor is a route of the same application, behind the same sign-in, that runs the one indexed query of the page (same
filter, order and limit) and answers with the rows' numbers and names as a plain list in the same layout: no count, no
enterprise, status or place, no search form.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from flask import Flask, render_template_string, request
from sqlalchemy import event, insert, select

from accounts.models import RoleGrant, User
from accounts.permissions import Permission, Role, requires
from app import create_app
from foundation.db import db
from foundation.text import fold, sort_key
from retail.models import Enterprise, Establishment, Location, StatusSpan
from retail.rules import Kind, Status, search_text, show_number
from territory.actions import load
from territory.queries import list_communes

ROWS, ROUNDS, MOST_TIMES, MOST_STATEMENTS = 100_000, 25, 3.0, 8
AT, SINCE = datetime(2026, 11, 24, tzinfo=UTC), date(2020, 1, 1)
WORDS = ("Đồng Xanh", "Ánh Dương", "Bình Minh", "Hùng Vương", "Sông Lô", "Hoa Sen", "Thành Công", "Đại Lợi")
PAGES = (("the first page", ""), ("page 200", "page=200"), ("a search of three words", "q=binh minh phuong"),
         ("a search with 1,000 hits", "q=cs-099"), ("a search with 100 hits", "q=cs-0999"),
         ("a search with 10 hits", "q=cs-09999"), ("a search without a hit", "q=khong co dau"))
FLOOR = """{% extends 'layouts/desk.html' %}{% block title %}Floor{% endblock %}
{% block main %}<ul>{% for one in rows %}<li>{{ one.number }} {{ one.name }}</li>{% endfor %}</ul>{% endblock %}"""


def run() -> Iterator[tuple[str, float, str, bool]]:
    """(what, ratio or count, target, ok) for each page."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(SQLALCHEMY_DATABASE_URI=f"sqlite:///{Path(folder) / 'register.sqlite'}", SECRET_KEY="bench")
        app.add_url_rule("/floor", view_func=floor)
        with app.app_context():
            fill()
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = "1.0", True
        for what, query in PAGES:
            page = partial(client.get, f"/establishments?{query}")
            bare = partial(client.get, f"/floor?{query}")
            seen = statements(app, page)
            yield f"register, {what}: SQL statements", seen, f"at most {MOST_STATEMENTS}", seen <= MOST_STATEMENTS
            ratio = compare(page, bare)
            yield f"register, {what}: times the bare query", ratio, f"at most {MOST_TIMES}", ratio <= MOST_TIMES


@requires(Permission.SEE_REGISTER)
def floor() -> str:
    """The bare indexed query of a page."""
    wanted = select(Establishment).order_by(Establishment.sort_key, Establishment.id).limit(50).offset(
        (request.args.get("page", 1, int) - 1) * 50)
    for word in fold(request.args.get("q")).split():
        wanted = wanted.where(Establishment.search_text.contains(word, autoescape=True))
    return render_template_string(FLOOR, rows=db.session.scalars(wanted))


def statements(app: Flask, page) -> int:
    """How many statements a page sends."""
    seen = []
    with app.app_context():
        engine = db.engine
    listener = lambda *arguments: seen.append(arguments[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", listener)
    assert page().status_code == 200
    event.remove(engine, "before_cursor_execute", listener)
    return sum(not statement.startswith("BEGIN") for statement in seen)


def compare(page, bare) -> float:
    """Median time of a page over the floor's, taken in turns."""
    times: dict[object, list[float]] = {page: [], bare: []}
    for _ in range(ROUNDS):
        for what in (bare, page):
            start = time.perf_counter()
            assert what().status_code == 200
            times[what].append(time.perf_counter() - start)
    return statistics.median(times[page]) / statistics.median(times[bare])


def fill() -> None:
    """A clerk, the map, 20,000 enterprises, 100,000 establishments."""
    db.create_all()
    dice = random.Random(2026)
    user = User(id=1, email="bench@example.vn", name="Bench", password_hash="-", created_at=AT)
    user.grants = [RoleGrant(role=Role.CLERK, granted_at=AT)]
    db.session.add(user)
    load(at=AT)
    places = [(unit.id, unit.name) for unit in list_communes(AT.date())]
    db.session.commit()
    companies = [{"id": number, "name": f"Công ty {dice.choice(WORDS)} {number}", "tax_code": f"26{number:08d}",
                  "search_text": "-", "is_demo": False, "created_at": AT} for number in range(1, ROWS // 5 + 1)]
    db.session.execute(insert(Enterprise), companies)
    for start in range(1, ROWS, 5_000):
        numbers = range(start, start + 5_000)
        chosen = [dice.choice(places) for _ in numbers]
        db.session.execute(insert(Establishment), [
            row(number, dice.choice(companies), name, dice)
            for number, (_id, name) in zip(numbers, chosen, strict=True)])
        db.session.execute(insert(StatusSpan), [
            {"establishment_id": number, "status": dice.choice(list(Status)), "valid_from": SINCE, "reason": ""}
            for number in numbers])
        db.session.execute(insert(Location), [
            {"establishment_id": number, "unit_id": unit_id, "address": f"Số {number % 400}", "valid_from": SINCE}
            for number, (unit_id, _name) in zip(numbers, chosen, strict=True)])
    db.session.commit()


def row(number: int, company: dict, place: str, dice: random.Random) -> dict:
    """One establishment."""
    name = f"Siêu thị {dice.choice(WORDS)} {dice.choice(WORDS)} {number}"
    words = search_text(name, show_number(number), company["name"], company["tax_code"], place)
    return {"id": number, "number": show_number(number), "enterprise_id": company["id"], "name": name,
            "search_text": words, "sort_key": sort_key(name), "kind": dice.choice(list(Kind)),
            "recorded_class": dice.choice([1, 2, 3, None]), "area_m2": 2_500, "items": 12_000, "contact_post": "",
            "contact_phone": "", "contact_email": "", "note": "", "is_demo": False, "created_at": AT, "updated_at": AT}
