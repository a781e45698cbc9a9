"""The invented enterprises and establishments, in real units: as they were before 1/7/2025 and as they are today."""

import csv
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

from sqlalchemy import select

from accounts.models import User
from foundation.db import db
from operations.demo.moments import at
from retail.actions import EstablishmentFacts, add_enterprise, add_establishment, add_store_user, move, set_status
from retail.models import Enterprise, Establishment
from retail.rules import Kind, Status
from territory.models import AdminUnit, Membership
from territory.queries import list_communes

STORES = Path(__file__).with_name("stores.csv")
MERGED_ON = date(2025, 7, 1)
BEFORE = date(2021, 6, 1)  # a day in the seed's time, when the old communes stood
COMPANIES = ("Công ty TNHH Bán lẻ Minh Hoạ", "Công ty cổ phần Siêu thị Ví Dụ", "Công ty TNHH Thương mại Thí Điểm",
             "Công ty cổ phần Trung tâm thương mại Ví Dụ", "Hợp tác xã Tiêu dùng Minh Hoạ",
             "Công ty TNHH Cửa hàng tiện lợi Thử Nghiệm", "Công ty cổ phần Phân phối Giả Định")
STREETS = ("đường Minh Hoạ", "phố Ví Dụ", "đường Thử Nghiệm", "phố Giả Định")
SMALL = ((Kind.CONVENIENCE, "Cửa hàng tiện lợi Thử Nghiệm", 60, 5), (Kind.MINI, "Siêu thị mini Giả Định", 5, 2),
         (Kind.MARKET, "Chợ Minh Hoạ", 4, 4), (Kind.OTHER, "Cửa hàng quà tặng Ví Dụ", 3, 6))


@dataclass(frozen=True)
class Story:
    """One line of stores.csv: what the register, the surveys and the certificates of a store should show."""

    row: dict[str, str]
    establishment: Establishment

    @property
    def fails(self) -> frozenset[str]:
        return frozenset(self.row["fails"].split())

    @property
    def certified(self) -> dict[int, int]:
        """Level granted after the survey of a year."""
        pairs = (part.split(":") for part in self.row["certified"].split())
        return {int(year): int(level) for year, level in pairs}

    def share(self, year: int) -> Decimal | None:
        """R wanted in a year, percent; None without a survey."""
        return Decimal(self.row[str(year)]) if self.row.get(str(year)) else None

    def sheet_end(self, year: int) -> date:
        """Last day of the sheet of a year."""
        return date.fromisoformat(self.row.get(f"end_{year}") or f"{year}-09-30")


class Builder:
    """Adds establishments one after the other, the same ones each time."""

    def __init__(self, people: dict[str, User], at: datetime):
        self.people, self.at, self.random = people, at, Random("register")
        self.clerk = people["clerk"]
        self.communes = {unit.code: unit for unit in list_communes(MERGED_ON)}
        self.companies = [self.add_company(index, name) for index, name in enumerate(COMPANIES)]
        add_store_user(self.companies[0], people["store"], by=people["admin"], at=at)

    def add_company(self, index: int, name: str) -> Enterprise:
        """An enterprise with a tax code that cannot be a real one."""
        return add_enterprise(name=name, tax_code=f"000000{index + 1:04d}", is_demo=True, by=self.clerk, at=self.at)

    def add(self, name: str, kind: Kind, unit: AdminUnit, company: Enterprise, opened: date, **more) -> Establishment:
        """Add it in the commune of its opening day, then take it over the merger of 2025."""
        first = unit if opened >= MERGED_ON else old_commune(unit)
        address = f"Số {self.random.randint(1, 199):02d}, {self.random.choice(STREETS)}"
        facts = EstablishmentFacts(name=name, kind=kind, enterprise=company, unit=first, address=address,
                                   opened_on=opened, is_demo=True, contact_post="Cửa hàng trưởng",
                                   lat=unit.lat, lon=unit.lon, **more)
        made = add_establishment(facts, by=self.clerk, at=max(self.at, at(opened)))
        if first is not unit:
            move(made, unit, address, on=MERGED_ON, lat=unit.lat, lon=unit.lon, by=self.clerk, at=at(MERGED_ON))
        return made

    def mark(self, establishment: Establishment, status: Status, day: date, reason: str) -> None:
        """Pause or close it on a day."""
        set_status(establishment, status, on=day, reason=f"{reason} (minh hoạ)", by=self.clerk, at=at(day))

    def add_counted(self) -> list[Story]:
        """The supermarkets and trade centres of stores.csv."""
        with STORES.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        return [self.add_story(index, row) for index, row in enumerate(rows)]

    def add_story(self, index: int, row: dict[str, str]) -> Story:
        """One of them; a closed one is closed on its day."""
        kind = Kind(row["kind"])
        company = self.companies[3 if kind is Kind.TRADE_CENTRE else index % 3]
        made = self.add(row["name"], kind, self.communes[row["unit"]], company, date.fromisoformat(row["opened"]),
                        recorded_class=int(row["class"]), area_m2=int(row["area"]),
                        items=int(row["items"]) if row["items"] else None)
        if row["closed"]:
            self.mark(made, Status.CLOSED, date.fromisoformat(row["closed"]), "Hết hợp đồng thuê")
        return Story(row, made)

    def add_small(self) -> list[Establishment]:
        """Convenience stores, small supermarkets, markets and others: in the register, never in the denominator."""
        places = sorted(self.communes.values(), key=lambda unit: (unit.kind != "Phường", unit.sort_key))
        made: list[Establishment] = []
        for kind, name, count, company in SMALL:
            for number in range(1, count + 1):
                unit = places[(number * 7 + len(made)) % (45 if kind is Kind.CONVENIENCE else len(places))]
                area = {Kind.MARKET: 2400, Kind.CONVENIENCE: 110, Kind.MINI: 190}.get(kind, 60) + 3 * number
                opened = date(2012 + number % 13, 1 + number % 12, 1 + number % 28)
                made.append(self.add(f"{name} {number:02d}", kind, unit, self.companies[company], opened, area_m2=area))
        self.mark(made[6], Status.PAUSED, date(2026, 9, 1), "Sửa chữa")
        self.mark(made[40], Status.PAUSED, date(2026, 10, 1), "Chờ gia hạn mặt bằng")
        self.mark(made[22], Status.CLOSED, date(2026, 3, 31), "Ngừng kinh doanh")
        return made


def old_commune(unit: AdminUnit) -> AdminUnit:
    """The first commune of the seed's time that lies inside a commune of today."""
    return db.session.scalars(
        select(AdminUnit).join(Membership, Membership.commune_id == AdminUnit.id)
        .where(Membership.territory_id == unit.id, AdminUnit.valid_from <= BEFORE, AdminUnit.valid_to > BEFORE)
        .order_by(AdminUnit.code)).first() or unit
