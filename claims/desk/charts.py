"""Pictures of numbers as SVG, drawn by pygal: bars over months, bars by name. They carry no script."""

import sys
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from lxml import etree

from claims.desk.shown import visible_in_xml

FOR, AGAINST, OTHER, PLAIN = "#2f8f63", "#c5483c", "#a98a1f", "#3f7fbf"
"""Colours that tell apart on light and dark paper, also for who sees no red or green: they differ in lightness."""

SIDES = {"for": FOR, "against": AGAINST, "other": OTHER}

MOST_LABELS = 12
"""Of the months along an axis so many are named."""

NOTHING: Mapping[str, Sequence[int]] = {"": ()}
"""A series for a picture that has none: it could not be drawn without."""

DARK = (
    "inline:@media screen and (prefers-color-scheme: dark) {"
    " {{ id }} text { fill: #c8ccd2 !important } {{ id }} .guide { stroke: #4a515a !important } }"
)
"""A style in the picture itself: where the reader's screen is dark, so is what the picture stands on."""


def over_time(title: str, months: Sequence[str], series: Mapping[str, Sequence[int]], colours: Sequence[str]) -> bytes:
    """Stacked bars, one for each month; `series` has a number for each month under each name."""
    chart = _pygal().StackedBar(**_look(colours), title=title, height=260, show_x_labels=True)
    step = max(1, -(-len(months) // MOST_LABELS))
    chart.x_labels = list(months)
    chart.x_labels_major = list(months)[::step]
    chart.show_minor_x_labels = False
    chart.y_labels = whole_steps(max((sum(bar) for bar in zip(*series.values(), strict=True)), default=0))
    chart.value_formatter = "{:,.0f}".format
    for name, numbers in (series or NOTHING).items():
        chart.add(name, list(numbers))
    return _drawn(chart)


def by_name(title: str, names: Sequence[str], series: Mapping[str, Sequence[int]], colours: Sequence[str]) -> bytes:
    """Stacked bars lying one below the other, the first at the top, each with its name."""
    chart = _pygal().HorizontalStackedBar(**_look(colours), title=title, height=height(len(names)))
    chart.x_labels = [visible_in_xml(name) for name in reversed(names)]
    chart.y_labels = whole_steps(max((sum(bar) for bar in zip(*series.values(), strict=True)), default=0))
    chart.value_formatter = "{:,.0f}".format
    for name, numbers in (series or NOTHING).items():
        chart.add(name, list(reversed(numbers)))
    return _drawn(chart)


def height(names: int) -> int:
    """How high a picture of so many bars by name is, in pixels."""
    return 90 + 28 * names


def whole_steps(top: int) -> list[int]:
    """From 0 to `top` or a little more in at most six steps, each a round number."""
    tens = 10 ** max(0, len(str(top // 6)) - 1)
    step = next(step * tens for step in (1, 2, 5, 10) if step * tens * 6 >= top)
    return [*range(0, top + step, step)] if top else [0, 1]


@cache
def _pygal() -> Any:
    """The library, loaded for the first picture: that takes half a second."""
    import pygal
    import pygal.style

    # Of its way to find maps, which no picture needs, Python warns at each later import.
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]
    return pygal


def _drawn(chart: Any) -> bytes:
    """The picture without the script that pygal puts into each."""
    tree = chart.render_tree()
    for script in [part for part in tree.iter(etree.Element) if etree.QName(part).localname == "script"]:
        script.getparent().remove(script)
    svg: bytes = etree.tostring(tree, encoding="utf-8", xml_declaration=True)
    return svg


def _look(colours: Sequence[str]) -> dict[str, object]:
    colours = colours or [PLAIN]
    style = _pygal().style.Style(
        background="transparent",
        plot_background="transparent",
        foreground="#59616b",
        foreground_strong="#59616b",
        foreground_subtle="#8b929a",
        font_family="system-ui, sans-serif",
        title_font_size=15,
        label_font_size=12,
        major_label_font_size=12,
        legend_font_size=12,
        colors=tuple(colours),
        guide_stroke_color="#c9c6bd",
        major_guide_stroke_color="#c9c6bd",
        guide_stroke_dasharray="0",
        major_guide_stroke_dasharray="0",
        opacity="1",
        opacity_hover="1",
        transition="0s",
    )
    return {
        "style": style,
        "js": [],
        "css": ["file://style.css", "file://graph.css", DARK],
        "width": 760,
        "legend_at_bottom": True,
        "legend_at_bottom_columns": len(colours),
        "truncate_label": -1,
        "truncate_legend": -1,
        "margin": 10,
        "margin_right": 30,
        "pretty_print": False,
        "disable_xml_declaration": False,
    }
