"""How numbers are written (DOMAIN 1.5). Each series starts again with 1 every January."""


def format_application_number(sequence: int, year: int) -> str:
    """0023/2026."""
    return f"{sequence:04d}/{year}"


def format_decision_number(sequence: int, year: int) -> str:
    """0012/2026/QĐ-SCT."""
    return f"{sequence:04d}/{year}/QĐ-SCT"


def format_certificate_number(sequence: int, year: int) -> str:
    """0007/2026/GCN-SCT."""
    return f"{sequence:04d}/{year}/GCN-SCT"
