"""The sample: an invented trading company in Nairobi with a branch in Mombasa."""
