"""The register: enterprises and their establishments."""
