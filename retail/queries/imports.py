"""Lists that were uploaded into the register."""

from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from accounts.models import User
from foundation.db import db
from foundation.errors import NotFound
from retail.models import RegisterImport


def get_import(import_id: int, *, to: User) -> RegisterImport:
    """An upload, which only the person who made it may open. Raises NotFound."""
    found = db.session.scalar(select(RegisterImport).where(
        RegisterImport.id == import_id, RegisterImport.created_by_id == to.id))
    if found is None:
        raise NotFound(_("There is no such import, or somebody else made it."))
    return found


def list_imports(to: User, limit: int = 50) -> list[RegisterImport]:
    """The latest confirmed imports of everybody, and the person's own that wait for confirmation; newest first."""
    return list(db.session.scalars(
        select(RegisterImport).where(
            or_(RegisterImport.confirmed_at.is_not(None), RegisterImport.created_by_id == to.id))
        .options(joinedload(RegisterImport.created_by)).order_by(RegisterImport.id.desc()).limit(limit)))
