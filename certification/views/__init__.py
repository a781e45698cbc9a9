"""Pages of certification."""

from certification.views import applications, certificates, issuer, public, reviews
from certification.views.blueprint import bp

__all__ = ["applications", "certificates", "issuer", "public", "reviews"]
blueprints = [bp]
