"""Flows walk through the sample company."""

from tests.sample import sample_desk, synced

__all__ = ["sample_desk", "synced"]
