"""The people of the demonstration: roles, not names; one password for all."""

from datetime import datetime

from accounts.actions import add_user
from accounts.models import User
from accounts.permissions import Role

PASSWORD = "thu-phan-phoi-xanh"
PEOPLE = {  # key: (e-mail, name, role)
    "inspector": ("khaosat@example.vn", "Cán bộ khảo sát (minh hoạ)", Role.INSPECTOR),
    "lead": ("truongdoan@example.vn", "Trưởng đoàn (minh hoạ)", Role.LEAD),
    "reviewer": ("thamxet@example.vn", "Người thẩm xét (minh hoạ)", Role.REVIEWER),
    "decider": ("quyetdinh@example.vn", "Người quyết định (minh hoạ)", Role.DECIDER),
    "clerk": ("vanthu@example.vn", "Văn thư (minh hoạ)", Role.CLERK),
    "admin": ("quantri@example.vn", "Quản trị (minh hoạ)", Role.ADMIN),
    "viewer": ("baocao@example.vn", "Xem báo cáo (minh hoạ)", Role.VIEWER),
    "store": ("coso@example.vn", "Đại diện cơ sở (minh hoạ)", Role.STORE),
    "adviser": ("tuvan@example.vn", "Cán bộ tư vấn (minh hoạ)", Role.VIEWER),
}


def add_people(at: datetime) -> dict[str, User]:
    """One user a role, and an adviser."""
    return {key: add_user(email=email, name=name, password=PASSWORD, roles=[(role, None)], is_demo=True, by=None, at=at)
            for key, (email, name, role) in PEOPLE.items()}
