"""The two themes of the console: dark and light, one accent colour in each."""

from textual.theme import Theme

DARK = Theme(
    name="awra-dark",
    primary="#5fb0b7",
    secondary="#8aa0ad",
    accent="#5fb0b7",
    warning="#d9a441",
    error="#e5726f",
    success="#7fb77e",
    foreground="#d5dade",
    background="#14181c",
    surface="#1a1f24",
    panel="#20272d",
    dark=True,
    variables={
        "block-cursor-background": "#29434a",
        "block-cursor-foreground": "#f2f5f7",
        "block-cursor-blurred-background": "#20292f",
        "block-cursor-text-style": "none",
        "border": "#35414a",
        "border-blurred": "#2a333a",
        "scrollbar": "#2f3a42",
        "scrollbar-background": "#171c20",
        "scrollbar-hover": "#3d4b55",
        "scrollbar-active": "#5fb0b7",
    },
)

LIGHT = Theme(
    name="awra-light",
    primary="#0f6a73",
    secondary="#566873",
    accent="#0f6a73",
    warning="#8a5a00",
    error="#b3261e",
    success="#2c6e3f",
    foreground="#1c2226",
    background="#fafaf7",
    surface="#f2f3f0",
    panel="#e6eae8",
    dark=False,
    variables={
        "block-cursor-background": "#cfe4e4",
        "block-cursor-foreground": "#101518",
        "block-cursor-blurred-background": "#e6ecec",
        "block-cursor-text-style": "none",
        "border": "#b9c4c6",
        "border-blurred": "#d5dcdc",
        "scrollbar": "#c6d0d1",
        "scrollbar-background": "#eef0ed",
        "scrollbar-hover": "#aab8ba",
        "scrollbar-active": "#0f6a73",
    },
)

THEMES = (DARK, LIGHT)
