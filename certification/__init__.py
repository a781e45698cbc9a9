"""What was decided: applications, decisions, certificates and their public pages."""
