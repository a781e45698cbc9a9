"""Import of 10,000 rows: preview and confirmation against reading the file with calamine and one bulk insert."""

import gc
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter
from flask_migrate import upgrade
from python_calamine import CalamineWorkbook
from sqlalchemy import delete, insert, select

from accounts.models import RoleGrant, User
from accounts.permissions import Role
from app import create_app
from foundation.config import ROOT
from foundation.db import db
from foundation.numbers import NumberSeries
from retail.importing import uploads
from retail.models import Enterprise, Establishment, Location, RegisterImport, StatusSpan
from territory import actions as territory
from territory.models import AdminUnit

ROWS = 10_000
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
HEADINGS = ("STT", "Tên cơ sở", "Loại hình", "Hạng", "Doanh nghiệp", "Mã số thuế", "Địa chỉ", "Xã/phường", "Huyện",
            "Diện tích (m2)", "Số mặt hàng", "Ngày khai trương", "Điện thoại")


def workbook(rows: int) -> bytes:
    """A list of so many stores, one in five with something to note."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Danh sách")
        sheet.write_row(3, 0, HEADINGS)
        for n in range(1, rows + 1):
            sheet.write_row(n + 3, 0, (
                n, f"Cửa hàng Minh Hoạ số {n}", "Cửa hàng tiện lợi", "", f"Công ty TNHH Minh Hoạ {n % 50}",
                f"26001{n % 50:05d}", f"Số {n}, đường Hùng Vương", "Phường Gia Cẩm" if n % 5 else "P. Nông Trang",
                "TP Việt Trì", 100 + n % 900, 2000, "31/12/2020" if n % 5 else "12/2020", "0912345678"))
    return out.getvalue()


def floor(content: bytes) -> None:
    """What any import of this file has to do at least: read it, and one bulk insert of its rows into their tables."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    owner = db.session.scalars(insert(Enterprise).returning(Enterprise.id), [
        {"name": "Công ty Sàn", "search_text": "cong ty san", "is_demo": False, "created_at": AT}]).one()
    day = date(2020, 12, 31)
    unit = db.session.scalar(select(AdminUnit.id).limit(1))
    db.session.execute(insert(Establishment.__table__), [
        {"number": f"S-{n}", "enterprise_id": owner, "name": row[1], "search_text": row[1], "sort_key": row[1],
         "kind": "cua_hang_tien_loi", "area_m2": int(row[9]), "items": int(row[10]), "opened_on": day,
         "contact_post": "", "contact_phone": row[12], "contact_email": "", "note": "", "is_demo": False,
         "created_at": AT, "updated_at": AT} for n, row in enumerate(rows[1:])])
    ids = db.session.scalars(select(Establishment.id).order_by(Establishment.id)).all()
    db.session.execute(insert(Location.__table__), [
        {"establishment_id": one, "unit_id": unit, "address": row[6], "valid_from": day}
        for one, row in zip(ids, rows[1:], strict=True)])
    db.session.execute(insert(StatusSpan.__table__), [
        {"establishment_id": one, "status": "operating", "valid_from": day, "reason": ""} for one in ids])
    db.session.commit()


def importing(content: bytes, by: User) -> None:
    """The whole way of a list: upload with its preview, then confirmation."""
    started = uploads.upload(content, "danh-sach.xlsx", by=by, at=AT)
    db.session.commit()
    assert uploads.confirm(started, started.plan_sha256, by=by, at=AT)
    db.session.commit()


def clear() -> None:
    """An empty register."""
    db.session.rollback()
    for table in (Location, StatusSpan, Establishment, Enterprise, RegisterImport, NumberSeries):
        db.session.execute(delete(table))
    db.session.commit()


def best_of(rounds: int, *works: Callable[[], None]) -> list[float]:
    """Processor seconds of each work at its best, taken in turns: a busy machine does not blur the ratio."""
    best = [float("inf")] * len(works)
    for _round in range(rounds):
        for index, work in enumerate(works):
            clear()
            gc.collect()
            start = time.process_time()
            work()
            best[index] = min(best[index], time.process_time() - start)
    return best


@contextmanager
def bench_app() -> Iterator[User]:
    """An application on a database of its own, with somebody who may import everywhere."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder}/bench.sqlite", STORAGE=f"{folder}/files")
        with app.app_context():
            upgrade(str(ROOT / "migrations"))
            territory.load(at=AT)
            user = User(email="bench@example.vn", name="Đo", password_hash="-", created_at=AT,
                        grants=[RoleGrant(role=Role.ADMIN, granted_at=AT)])
            db.session.add(user)
            db.session.commit()
            yield user
            db.session.remove()
            db.engine.dispose()


def run() -> Iterator[tuple[str, float, str, bool]]:
    """Ratios of time and of memory."""
    content = workbook(ROWS)
    with bench_app() as by:
        whole, least = best_of(5, lambda: importing(content, by), lambda: floor(content))
    yield "import of 10,000 rows / reading and bulk insert", whole / least, "at most 5", whole / least <= 5
    extra = peak(ROWS) / peak(ROWS // 10)
    yield "peak memory of the process, 10,000 rows / 1,000 rows", extra, "at most 2", extra <= 2


def peak(rows: int) -> int:
    """Peak memory of a process of its own that imports so many rows, in kilobytes."""
    code = f"from bench.bench_import import measure; measure({rows})"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return int(told.stdout.split()[-1])


def measure(rows: int) -> None:
    """Import once and print the peak."""
    content = workbook(rows)
    with bench_app() as by:
        importing(content, by)
    status = Path("/proc/self/status").read_text()  # getrusage would tell the parent's peak
    print(status.partition("VmHWM:")[2].split()[0])
