"""Charts as inline SVG for the index page: light, without script, readable in print and on a narrow screen."""

from collections.abc import Callable, Sequence
from html import escape

from reports.style import text_width

COLOURS = ("#1f6f8b", "#c9772f", "#6a994e", "#8e5572")
EMPTY_LINE = "#d9e2e5"
WIDTH, PLOT_HEIGHT, BAR_HEIGHT = 460, 170, 22
LETTER = 6.2
Number = float | int
Shown = Callable[[Number | None], str]


def lines(labels: Sequence[str], series: Sequence[tuple[str, Sequence[Number]]]) -> str:
    """One line per series over the labels, its name and last value at its end."""
    highest = max((value for _, values in series for value in values), default=0) or 1
    right = WIDTH - 112
    parts = [_across(PLOT_HEIGHT, right)]
    places = _spread([PLOT_HEIGHT - 150 * values[-1] / highest for _, values in series])
    for (name, values), colour, place in zip(series, COLOURS, places, strict=False):
        step = right / max(1, len(values) - 1)
        points = " ".join(f"{number * step:.1f},{PLOT_HEIGHT - 150 * value / highest:.1f}"
                          for number, value in enumerate(values))  # fmt: skip
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(_text(right + 6, place + 4, f"{name} {values[-1]:,}", colour=colour))
    if labels:
        parts += [_text(0, PLOT_HEIGHT + 18, labels[0], quiet=True)]
        parts += [_text(right, PLOT_HEIGHT + 18, labels[-1], quiet=True, anchor="end")]
    return _svg(parts, PLOT_HEIGHT + 26)


def bars(
    rows: Sequence[tuple[str, Sequence[Number | None]]], names: Sequence[str], shown: Shown, *, most: Number = 0
) -> str:
    """A lying bar per row, its series end to end, the values behind it; a legend where there are several series.

    A value that is None has no bar, and `shown` says what stands in its place.
    """
    left = min(220.0, max((text_width(label) for label, _ in rows), default=0) * LETTER + 10)
    highest = max([most, *(sum(value or 0 for value in values) for _, values in rows)]) or 1
    room = WIDTH - left - 70
    top = 22 if len(names) > 1 else 0
    parts = _legend(names) if top else []
    for number, (label, values) in enumerate(rows):
        y, x = top + number * BAR_HEIGHT, left
        parts.append(_text(left - 8, y + 15, label, anchor="end"))
        for value, colour in zip(values, COLOURS, strict=False):
            width = room * (value or 0) / highest
            parts.append(f'<rect x="{x:.1f}" y="{y + 4}" width="{width:.1f}" height="14" fill="{colour}"/>')
            x += width
        parts.append(_text(x + 6, y + 15, "、".join(shown(value) for value in values), quiet=True))
    return _svg(parts, top + len(rows) * BAR_HEIGHT + 4)


def steps(rows: Sequence[tuple[str, Number, Number, Number, Number]]) -> str:
    """A waterfall: label, what the bar hangs on, level, up, down."""
    lowest = min(base or level for _, base, level, _, _ in rows)
    highest = max(base + level + up + down for _, base, level, up, down in rows)
    floor = max(0, lowest - 2 * (highest - lowest) - 5)
    scale = 140 / ((highest - floor) or 1)
    room = WIDTH / len(rows)
    parts = [_across(PLOT_HEIGHT, WIDTH)]
    for number, (label, base, level, up, down) in enumerate(rows):
        bottom, height = max(base - floor, 0) * scale, (level - floor if level else up + down) * scale
        colour = COLOURS[0] if level else COLOURS[2] if up else COLOURS[1]
        x, y = number * room + room * 0.15, PLOT_HEIGHT - bottom - height
        parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{room * 0.7:.1f}" height="{height:.1f}" fill="{colour}"/>')
        told = f"{level:,}" if level else f"+{up:,}" if up else f"-{down:,}" if down else "0"
        parts.append(_text((number + 0.5) * room, y - 5, told, anchor="middle"))
        parts.append(_text((number + 0.5) * room, PLOT_HEIGHT + 18, label, quiet=True, anchor="middle"))
    return _svg(parts, PLOT_HEIGHT + 26)


def _spread(places: list[float], apart: float = 15) -> list[float]:
    """The same heights, moved so that no two names stand on each other."""
    order = sorted(range(len(places)), key=lambda one: places[one], reverse=True)
    spread, above = list(places), float("inf")
    for one in order:
        above = spread[one] = min(places[one], above - apart)
    return spread


def _legend(names: Sequence[str]) -> list[str]:
    parts, x = [], 0.0
    for name, colour in zip(names, COLOURS, strict=False):
        parts.append(f'<rect x="{x:.1f}" y="3" width="10" height="10" fill="{colour}"/>')
        parts.append(_text(x + 15, 12, name, quiet=True))
        x += 30 + text_width(name) * LETTER
    return parts


def _across(y: float, width: float) -> str:
    return f'<line x1="0" y1="{y}" x2="{width}" y2="{y}" stroke="{EMPTY_LINE}"/>'


def _text(x: float, y: float, text: str, *, quiet: bool = False, anchor: str = "start", colour: str = "") -> str:
    looks = (' class="quiet"' if quiet else "") + (f' style="fill:{colour}"' if colour else "")
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{looks}>{escape(text)}</text>'


def _svg(parts: Sequence[str], height: float) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img">{"".join(parts)}</svg>'
