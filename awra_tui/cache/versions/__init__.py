"""Migrations, applied in order of their numbers."""
