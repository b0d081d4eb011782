"""Records from files: CSV, JSON and NDJSON as spreadsheets and exports write them."""
