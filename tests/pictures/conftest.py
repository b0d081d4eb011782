"""Pictures of screens: one SVG each in snapshots/, named after its case; none depends on the day."""

from pathlib import Path

import pytest_textual_snapshot
from syrupy.location import PyTestLocation

PICTURES = Path(__file__).resolve().parents[2] / "snapshots"


class PictureExtension(pytest_textual_snapshot.SVGImageExtension):
    """Keeps each picture as snapshots/CASE.svg."""

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        """Return the project's folder of pictures."""
        return str(PICTURES)

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: int | str = 0) -> str:
        """Return the case's name."""
        return str(test_location.snapshot_name).partition("[")[2].rstrip("]")


pytest_textual_snapshot.SVGImageExtension = PictureExtension
