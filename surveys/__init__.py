"""What was seen: criteria sets, surveys, packaging sheets, evidence, scores."""
