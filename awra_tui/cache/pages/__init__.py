"""Jobs that read what screens show, as frozen dataclasses."""
