"""What tablets send, at 8 clients, against bare Flask routes that store the same bytes durably under the same server.

The floors (bench/applications.py, `store`) do the least that may be called storing: a survey's JSON is parsed and goes
into one durable SQLite transaction with the same settings; a photo's bytes go into a file that is synced, renamed, and
its folder synced. Neither checks who sends, reads what is sent, nor keeps an audit trail. Every request is a new
survey or a new photo, so that no answer comes from what is known already.
"""

import hashlib
import io
import json
import random
import selectors
import socket
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from PIL import Image
from sqlalchemy import insert

from accounts.actions.devices import give_token
from accounts.models import Device, RoleGrant
from accounts.permissions import Role
from app import create_app
from bench.fixtures import add_establishment, add_people, build
from bench.serving import serve, whole
from foundation import clock
from foundation.db import db, table_of
from operations.demo.sheets import Wanted, make_document
from retail.rules import Kind
from surveys.actions.criteria import default_content, draft_criteria_set
from surveys.models import CriteriaSet, Visit, VisitMember
from surveys.queries import rules_of
from surveys.rules.content import CriterionContent
from surveys.rules.words import AnswerType, Nature

ANSWERS = 48
CLIENTS = 8
STARTS, ROUNDS = 3, 4
PHOTO, DAY_PHOTO = 200_000, 375_000  # bytes
SURVEYS, PHOTOS = 8, 20  # of a day, of a survey
VISITS = 600
SHOWN = ("A1", "A2", "A3", "B1", "B2", "B3", "B4", "B5")  # criteria that ask for files


@dataclass
class Ready:
    """What the requests are made of."""

    token: str
    visits: list[int]
    document: dict[str, Any]

    def visit(self) -> int:
        """A visit nobody has surveyed yet."""
        return self.visits.pop()


def add_set() -> CriteriaSet:
    """The default criteria with as many questions more as make 48 answers; few of them ask for a file."""
    content = default_content()
    asked = [c for c in content.criteria if c.applies_to != "TTTM" and c.type != AnswerType.COMPUTED]
    last = content.groups[-1]
    more = tuple(CriterionContent(code=f"Z{number}", title_vi="Thêm", title_en="More", type=AnswerType.BOOL,
                                  is_must=True)
                 for number in range(ANSWERS - len(asked)))
    groups = (*content.groups[:-1], replace(last, criteria=(*last.criteria, *more)))
    groups = tuple(replace(group, criteria=tuple(
        c if c.code in SHOWN else replace(c, evidence_kinds=()) for c in group.criteria)) for group in groups)
    made = draft_criteria_set(replace(content, groups=groups), by=None, at=clock.now())
    db.session.flush()
    made.published_at = clock.now()
    db.session.flush()
    return made


def prepare() -> Ready:
    """A database with a team of one, its tablet and visits enough."""
    build()
    person, = add_people("Đo")
    person.grants = [RoleGrant(role=Role.INSPECTOR, granted_at=clock.now())]
    device = Device(user=person, name="Máy đo", secret="x" * 43, created_at=clock.now(), last_seen_at=clock.now())
    token = give_token(device)
    criteria, store = add_set(), add_establishment()
    rows = [{"establishment_id": store.id, "criteria_set_id": criteria.id, "nature": Nature.PLANNED, "is_demo": False,
             "planned_on": clock.today(), "plan_number": "", "created_at": clock.now()} for _ in range(VISITS)]
    ids = list(db.session.scalars(insert(table_of(Visit)).returning(table_of(Visit).c.id), rows))
    db.session.execute(insert(table_of(VisitMember)), [
        {"visit_id": one, "user_id": person.id, "is_lead": True} for one in ids])
    document = make_document(Wanted(share=Decimal(78), period_from=date(2026, 7, 1), period_to=date(2026, 9, 30),
                                    plastic_kg=200, level=2), criteria, random.Random(1))
    document["observed_at"] = "2026-10-12T02:10:00Z"
    document["signatures"] = {side: {"title": "Trưởng đoàn", "signed_at": "2026-10-12T04:00:00Z", "strokes": [
        [[random.randint(0, 1000), random.randint(0, 380)] for _ in range(60)] for _ in range(6)]}
        for side in ("team", "store")}
    db.session.commit()
    return Ready(token, ids, document)


def shown(document: dict[str, Any], rules: Any) -> list[dict[str, Any]]:
    """What the files of a record are about: each asks for the evidence of one answer or one line."""
    needed = [{"criterion": rule.code, "kind": kind.value} for group in rules.groups for rule in group.criteria
              if rule.asked_of(Kind.SUPERMARKET) for kind in rule.evidence_kinds]
    needed += [{"category": line["category"], "kind": "photo"} for line in document["lines"] if line["class"] == "E4"]
    assert len(needed) <= PHOTOS, len(needed)
    return needed + [{"kind": "photo"}] * (PHOTOS - len(needed))


class Sender:
    """Makes requests of a tablet: sealed records, and their photos."""

    def __init__(self, ready: Ready, about: list[dict[str, Any]]):
        self.ready, self.about = ready, about
        self.random, self.frame = random.Random(7), jpeg_frame()

    def photo(self, size: int) -> bytes:
        """A photo nobody has sent yet: whole, within bounds, without metadata, as the form makes it."""
        head, tail = self.frame
        return head + self.random.randbytes(size - len(head) - len(tail)).replace(b"\xff", b"\xfe") + tail

    def record(self, photos: list[bytes] | None = None) -> tuple[str, bytes]:
        """The id and the bytes of a sealed record whose photos are still to come."""
        shown = [(hashlib.sha256(photo).hexdigest(), len(photo)) for photo in photos or ()] or [
            (self.random.randbytes(32).hex(), PHOTO) for _ in self.about]
        evidence = [{"id": str(uuid.UUID(int=self.random.getrandbits(128), version=4)), "sha256": sha256,
                     "size": size, "media_type": "image/jpeg", "criterion": None, "category": None, "caption": "",
                     "taken_at": "2026-10-12T02:30:00Z", "lat": "21.3228", "lon": "105.4019", "accuracy": "12",
                     "place_reason": "", "store_code": "", **about}
                    for (sha256, size), about in zip(shown, self.about, strict=True)]
        survey = str(uuid.UUID(int=self.random.getrandbits(128), version=4))
        return survey, json.dumps({
            "visit": self.ready.visit(), "copy": str(uuid.uuid4()), "revision": 0, "document": self.ready.document,
            "evidence": evidence, "submit": True, "device": {"app": "bench", "sealed_at": "2026-10-12T04:01:00Z"},
        }, ensure_ascii=False).encode()

    def request(self, path: str, body: bytes, kind: str = "application/json") -> bytes:
        """One PUT, as bytes on the line."""
        head = (f"PUT {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\nContent-Type: {kind}\r\n"
                f"Authorization: Bearer {self.ready.token}\r\nX-Sent-At: 2026-10-12T04:02:00.000Z\r\n"
                f"Content-Length: {len(body)}\r\n\r\n")
        return head.encode() + body


def jpeg_frame() -> tuple[bytes, bytes]:
    """Everything of a JPEG before its coded data, and its end."""
    out = io.BytesIO()
    Image.new("RGB", (2048, 1536)).save(out, "JPEG")
    content = out.getvalue()
    start = content.index(b"\xff\xda")
    return content[:start + 2 + int.from_bytes(content[start + 2:start + 4])], b"\xff\xd9"


def run_requests(port: int, requests: list[bytes], clients: int) -> float:
    """Seconds until every request is answered with success by `clients` kept-open connections."""
    waiting, left, start = selectors.DefaultSelector(), iter(requests), time.perf_counter()
    open_now = 0
    for _ in range(clients):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.sendall(next(left))
        waiting.register(connection, selectors.EVENT_READ, bytearray())
        open_now += 1
    while open_now:
        for key, _events in waiting.select(10):
            key.data.extend(key.fileobj.recv(262_144))
            if not whole(key.data):
                continue
            key.data.clear()
            if (request := next(left, None)) is not None:
                key.fileobj.sendall(request)
            else:
                waiting.unregister(key.fileobj)
                key.fileobj.close()
                open_now -= 1
    return time.perf_counter() - start


def deliver(sender: "Sender", ports: tuple[int, int], count: int) -> list[bytes]:
    """Seal so many records; the requests of all their photos, each new to the server."""
    photos: list[bytes] = []
    for _ in range(count):
        files = [sender.photo(PHOTO) for _about in sender.about]
        name, body = sender.record(files)
        run_requests(ports[0], [sender.request(f"/api/surveys/{name}", body)], 1)
        photos += [sender.request(f"/api/surveys/{name}/evidence/{item['id']}", content, "application/octet-stream")
                   for item, content in zip(json.loads(body)["evidence"], files, strict=True)]
    return photos


def day_of(sender: "Sender") -> list[bytes]:
    """What one tablet sends of a day's work, in its order: each record, then its photos."""
    requests = []
    for _ in range(SURVEYS):
        files = [sender.photo(DAY_PHOTO) for _about in sender.about]
        name, body = sender.record(files)
        requests.append(sender.request(f"/api/surveys/{name}", body))
        requests += [sender.request(f"/api/surveys/{name}/evidence/{item['id']}", content, "application/octet-stream")
                     for item, content in zip(json.loads(body)["evidence"], files, strict=True)]
    return requests


def run() -> Iterator[tuple[str, float, str, bool]]:
    """Ratios of rates at 8 clients, and of the time of a day's work of one tablet: medians over starts and rounds."""
    ratio = statistics.median(compare(send_records))
    yield "survey PUT, 48 answers, at 8 clients: rate of a bare route's", ratio, ">= 0.4", ratio >= 0.4
    ratio = statistics.median(compare(send_photos))
    yield "photo PUT, 200 KB, at 8 clients: rate of a bare route's", ratio, ">= 0.5", ratio >= 0.5
    ratio = 1 / statistics.median(compare(send_day))
    yield "a day's work, 8 surveys, 160 photos, 60 MB: time of a bare route's", ratio, "<= 1.3", ratio <= 1.3


def compare(send: Callable[["Sender", int, int], tuple[float, float]]) -> Iterator[float]:
    """The floor's time over ours in each round, after both servers have started anew; a first round warms them up.

    How memory comes to lie at a start makes a fifth of the bare route's time and stays until the next: hence several.
    """
    for _start in range(STARTS):
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as bare_folder:
            app = create_app(INSTANCE=Path(folder), SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder}/phan-phoi-xanh.sqlite")
            with app.app_context():
                ready = prepare()
                sender = Sender(ready, shown(ready.document, rules_of(db.session.get(CriteriaSet, 1))))
                db.session.remove()
                db.engine.dispose()
            with serve("bench.applications:ours()", PPX_INSTANCE=folder, DATABASE_URL="") as port, \
                    serve("bench.applications:store()", BENCH_FOLDER=bare_folder) as floor:
                for number in range(ROUNDS + 1):
                    ours, bare = send(sender, port, floor)
                    if number:
                        yield bare / ours


def send_records(sender: Sender, port: int, floor: int) -> tuple[float, float]:
    """Seconds for sealed records at 8 clients: ours, the floor's."""
    surveys = [sender.request(f"/api/surveys/{name}", body) for name, body in (sender.record() for _ in range(120))]
    return run_requests(port, surveys, CLIENTS), run_requests(floor, surveys, CLIENTS)


def send_photos(sender: Sender, port: int, floor: int) -> tuple[float, float]:
    """Seconds for the photos of four surveys, in turn, at 8 clients."""
    photos = deliver(sender, (port, floor), 4)
    mixed = [photo for start in range(PHOTOS) for photo in photos[start::PHOTOS]]
    return run_requests(port, mixed, CLIENTS), run_requests(floor, mixed, CLIENTS)


def send_day(sender: Sender, port: int, floor: int) -> tuple[float, float]:
    """Seconds for a day's work of one tablet."""
    day = day_of(sender)
    return run_requests(port, day, 1), run_requests(floor, day, 1)
