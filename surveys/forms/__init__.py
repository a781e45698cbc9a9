"""What people type into the survey's pages."""
