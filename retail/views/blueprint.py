"""The door all pages of retail share."""

from flask import Blueprint

from foundation.clock import day_before
from retail.labels import CLASSES
from retail.rules import COUNTED, Kind, Status

bp = Blueprint("retail", __name__)


@bp.app_context_processor
def words() -> dict[str, object]:
    """What templates that show establishments name."""
    return {"day_before": day_before, "CLASSES": CLASSES, "COUNTED": COUNTED, "Kind": Kind, "Status": Status}
