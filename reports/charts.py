"""Native charts over a block's cells: they stay charts in Excel, WPS and LibreOffice."""

from openpyxl.chart import BarChart, LineChart, PieChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.worksheet import Worksheet

COLOURS = ("1F6F8B", "E08E45", "6A994E", "8E5572", "B0B7BC")


def chart_of(
    kind: str, sheet: Worksheet, *, title: str, heading_row: int, rows: int, columns: int
) -> LineChart | BarChart | PieChart:
    """A chart whose first column names the points and whose other columns are the series."""
    chart = {"line": LineChart, "bar": BarChart, "rows": BarChart, "pie": PieChart}[kind]()
    last = heading_row + rows
    values = Reference(sheet, min_col=2, max_col=columns, min_row=heading_row, max_row=last)
    chart.add_data(values, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=heading_row + 1, max_row=last))
    chart.title = title
    chart.legend.position = "b"
    if isinstance(chart, PieChart):
        chart.dataLabels = DataLabelList(
            showPercent=True,
            showCatName=False,
            showSerName=False,
            showVal=False,
            showLegendKey=False,
            showLeaderLines=True,
        )
    else:
        _dress(chart)
    if kind == "rows":
        _lay_down(chart)
    return chart


def _lay_down(chart: BarChart) -> None:
    """Bars beside their names, the first on top: long names stay readable."""
    chart.type = "bar"
    chart.gapWidth = 40
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.tickLblSkip = 1  # every bar has its name, however many there are


def _dress(chart: LineChart | BarChart) -> None:
    # Without this newer Excel leaves both axes out.
    chart.x_axis.delete = False
    chart.y_axis.delete = False
    chart.y_axis.scaling.min = 0
    chart.y_axis.number_format = "#,##0"
    chart.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill="DDDDDD")))
    for series, colour in zip(chart.series, COLOURS, strict=False):
        series.graphicalProperties.line.solidFill = colour
        if isinstance(chart, LineChart):
            series.graphicalProperties.line.width = 28_000
            series.smooth = False
        else:
            series.graphicalProperties.solidFill = colour
