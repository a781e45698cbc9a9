"""The province's plan: targets, thresholds and activities, as data with dates and a legal basis."""
