"""The words of the project as types: what every other layer speaks in."""
