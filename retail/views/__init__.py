"""Pages of retail."""

from retail.views import enterprises, establishments, exports, imports, register, spans
from retail.views.blueprint import bp

blueprints = [bp]
__all__ = ["blueprints", "enterprises", "establishments", "exports", "imports", "register", "spans"]
