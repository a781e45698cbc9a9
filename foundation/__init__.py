"""Tools every package uses; no word of the trade in here."""
