"""A liaison at LibreOffice: types into cells as at a keyboard, sorts each list the other way round, saves.

LibreOffice itself does it, by a macro in a profile of its own; openpyxl never touches the file that is returned.
"""

import subprocess
from pathlib import Path

MACRO = """
Sub Play(source As String, target As String, plan As String)
  On Error GoTo Failed
  Dim opening(0) As New com.sun.star.beans.PropertyValue
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  opening(0).Name = "Hidden" : opening(0).Value = True
  saving(0).Name = "FilterName" : saving(0).Value = FilterOf(target)
  book = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, opening())
  files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  lines = createUnoService("com.sun.star.io.TextInputStream")
  lines.setInputStream(files.openFileRead(ConvertToURL(plan)))
  lines.setEncoding("UTF-8")
  Do While Not lines.isEOF()
    parts = Split(lines.readLine(), Chr(9))
    If UBound(parts) = 3 Then
      book.Sheets.getByName(parts(0)).getCellByPosition(CLng(parts(2)) - 1, CLng(parts(1)) - 1).FormulaLocal = parts(3)
    End If
  Loop
  For place = 0 To book.Sheets.Count - 1
    TurnRound(book.Sheets.getByIndex(place))
  Next
  book.storeToURL(ConvertToURL(target), saving())
  book.close(True)
Failed:
  If Err <> 0 Then
    handle = FreeFile
    Open plan & ".error" For Output As #handle
    Print #handle, Error$ & " (" & Erl & ")"
    Close #handle
  End If
  StarDesktop.terminate()
End Sub

Sub TurnRound(sheet)
  If sheet.getCellByPosition(0, 3).String <> "序号" Then Exit Sub
  cursor = sheet.createCursor()
  cursor.gotoEndOfUsedArea(False)
  last = cursor.RangeAddress
  If last.EndRow < 5 Then Exit Sub
  sheet.unprotect("")
  Dim sorting(0) As New com.sun.star.table.TableSortField
  Dim how(1) As New com.sun.star.beans.PropertyValue
  sorting(0).Field = 0 : sorting(0).IsAscending = False
  how(0).Name = "SortFields" : how(0).Value = sorting()
  how(1).Name = "ContainsHeader" : how(1).Value = False
  sheet.getCellRangeByPosition(0, 4, last.EndColumn, last.EndRow).sort(how())
  sheet.Columns.getByIndex(2).IsVisible = False
  sheet.Columns.getByIndex(4).Width = 9000
  sheet.protect("")
End Sub

Function FilterOf(target As String) As String
  FilterOf = "Calc MS Excel 2007 XML"
  If Right(target, 4) = ".ods" Then FilterOf = "calc8"
  If Right(target, 4) = ".xls" Then FilterOf = "MS Excel 97"
End Function
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Liaison"/></library:library>
"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Liaison" script:language="StarBasic"
>{macro}</script:module>
"""


class Liaison:
    """One profile of LibreOffice; `typed` is a list of (sheet, row, column, text), rows and columns from 1."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # The first start lays out the profile and would write over ours.
        self._run("--norestore", "macro:///Standard.Module1.Main")
        library = folder / "profile" / "user" / "basic" / "Standard"
        (library / "script.xlb").write_text(LIBRARY, encoding="utf-8")
        escaped = MACRO.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        (library / "Liaison.xba").write_text(MODULE.format(macro=escaped), encoding="utf-8")

    def fill_in(self, source: Path, target: Path, typed: list[tuple[str, int, int, str]]) -> Path:
        """Open, type, sort, save under another name; the format follows the ending (xlsx, xls, ods)."""
        plan = self.folder / "plan.txt"
        plan.write_text("\n".join("\t".join(map(str, cell)) for cell in typed), encoding="utf-8")
        call = f'macro:///Standard.Liaison.Play("{source}","{target}","{plan}")'
        self._run("--norestore", call)
        return target

    def _run(self, *arguments: str) -> None:
        profile = f"-env:UserInstallation=file://{self.folder}/profile"
        subprocess.run(["soffice", profile, "--headless", *arguments], check=True, capture_output=True, timeout=300)
