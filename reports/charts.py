"""Native charts over a block's cells: they stay charts in Excel, WPS and LibreOffice."""

from dataclasses import dataclass

from openpyxl.chart import BarChart, LineChart, PieChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import LegendEntry
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.table import Table

COLOURS = ("1F6F8B", "E08E45", "6A994E", "8E5572", "B0B7BC", "D9C27E")
HIGH_RATE = 0.5
# 底数 (not seen), 户数, 增加, 减少.
WATERFALL_COLOURS = (None, "1F6F8B", "6A994E", "E08E45")


@dataclass(frozen=True)
class Shape:
    """How a kind of chart is drawn: bars that lie, bars on top of each other, an axis in per cent."""

    chart: type
    lying: bool = False
    stacked: bool = False
    rate: bool = False


SHAPES = {
    "line": Shape(LineChart),
    "bar": Shape(BarChart),
    "stacked": Shape(BarChart, stacked=True),
    "stacked_rows": Shape(BarChart, lying=True, stacked=True),
    "rates": Shape(BarChart, rate=True),
    "waterfall": Shape(BarChart, stacked=True),
    "pie": Shape(PieChart),
}


def chart_of(block: Table, sheet: Worksheet, *, heading_row: int) -> LineChart | BarChart | PieChart:
    """A chart whose first column names the points and whose other columns are the series (of rates: only those)."""
    shape = SHAPES[block.chart or ""]
    chart = shape.chart()
    last = heading_row + len(block.rows)
    columns = 1 + sum(heading.kind == "rate" for heading in block.headings) if shape.rate else len(block.headings)
    values = Reference(sheet, min_col=2, max_col=columns, min_row=heading_row, max_row=last)
    chart.add_data(values, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=heading_row + 1, max_row=last))
    chart.title = block.title
    chart.legend.position = "b"
    if isinstance(chart, PieChart):
        _tell_shares(chart, len(block.rows))
    else:
        _dress(chart, shape, block)
    if block.chart == "waterfall":
        _hang(chart, block)
    if shape.rate and any(value and value > HIGH_RATE for row in block.rows for value in row[1:columns]):
        chart.y_axis.scaling.max = 1  # else programs leave room above 100 %
    return chart


def height_in_rows(block: Table, usual: int) -> int:
    """Bars that lie need a line each."""
    return max(usual, len(block.rows) + 9) if SHAPES[block.chart or ""].lying else usual


def _tell_shares(chart: PieChart, slices: int) -> None:
    for number, colour in zip(range(slices), COLOURS, strict=False):
        chart.series[0].dPt.append(DataPoint(idx=number, spPr=GraphicalProperties(solidFill=colour)))
    chart.dataLabels = DataLabelList(
        showPercent=True, showCatName=False, showSerName=False, showVal=False, showLegendKey=False, showLeaderLines=True
    )


def _step(block: Table) -> float:
    """Between the labels of an axis of counts: one, two or five times a power of ten, six labels at most."""
    longest = max((sum(value or 0 for value in row[1:]) for row in block.rows), default=0)
    return next(
        (one * 10**power for power in range(9) for one in (1, 2, 5) if longest <= 5 * one * 10**power), float(longest)
    )


def _dress(chart: LineChart | BarChart, shape: Shape, block: Table) -> None:
    # Without this newer Excel leaves both axes out.
    chart.x_axis.delete = False
    chart.y_axis.delete = False
    chart.y_axis.scaling.min = 0
    if shape.lying:
        chart.y_axis.majorUnit = _step(block)  # programs put a label every fifty, one into the other
    chart.y_axis.number_format = "0%" if shape.rate else "#,##0"
    chart.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill="DDDDDD")))
    for series, colour in zip(chart.series, COLOURS, strict=False):
        series.graphicalProperties.line.solidFill = colour
        if isinstance(chart, LineChart):
            series.graphicalProperties.line.width = 28_000
            series.smooth = False
        else:
            series.graphicalProperties.solidFill = colour
    if isinstance(chart, BarChart):
        _stand(chart, shape)


def _stand(chart: BarChart, shape: Shape) -> None:
    if shape.stacked:
        chart.grouping, chart.overlap = "stacked", 100
    if shape.lying:
        chart.type = "bar"
        chart.x_axis.scaling.orientation = "maxMin"  # the first on top
    chart.gapWidth = 40
    chart.x_axis.tickLblSkip = 1  # every bar has its name, however many there are


def _hang(chart: BarChart, block: Table) -> None:
    """Bars hang where the step before ended: what they stand on is not seen, and the axis starts near the steps."""
    for series, colour in zip(chart.series, WATERFALL_COLOURS, strict=True):
        properties = series.graphicalProperties
        properties.noFill, properties.solidFill = (True, None) if colour is None else (None, colour)
        properties.line.noFill, properties.line.solidFill = True, None
    chart.legend.legendEntry = [LegendEntry(idx=0, delete=True)]
    lowest = min(base or level for _, base, level, _, _ in block.rows)
    highest = max(base + level + up + down for _, base, level, up, down in block.rows)
    chart.y_axis.scaling.min = max(0, lowest - 2 * (highest - lowest) - 5) // 10 * 10
