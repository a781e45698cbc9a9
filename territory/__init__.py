"""Administrative units, dated, and the way from old ones to new ones (DOMAIN 2)."""
