Attribute VB_Name = "KohyoRibbon"
Option Explicit

' The one callback of every button on the tab: what a button does stands in its tag.
' ASCII only. Japanese stands in the ribbon's XML, in the sheet "kohyo" of this add-in, and in Python.

Private Const LONGEST_NAME As Long = 32
Private Const BAD_TASK As Long = -2147220991

' "As Object", not "As IRibbonControl": so the add-in needs no reference to the Office library.
Public Sub OnKohyo(control As Object)
    On Error GoTo Failed
    KohyoRun CStr(control.Tag)
    Exit Sub
Failed:
    KohyoTell Err.Description
End Sub

Public Sub KohyoRun(ByVal task As String)
    If Not IsTaskName(task) Then Err.Raise BAD_TASK, "kohyo", KohyoText("bad_task")
    RunPython "from kohyo.addin import click; click('" & task & "', '" & KohyoText("version") & "')", task
End Sub

' Lower-case letters and the underscore, nothing else: what goes into the line of Python cannot end its string.
Public Function IsTaskName(ByVal name As String) As Boolean
    Dim place As Long
    Dim code As Long
    IsTaskName = Len(name) > 0 And Len(name) <= LONGEST_NAME
    For place = 1 To Len(name)
        code = AscW(Mid$(name, place, 1))
        If Not ((code >= 97 And code <= 122) Or code = 95) Then IsTaskName = False
    Next place
End Function

Public Sub KohyoTell(ByVal text As String)
    MsgBox text, vbExclamation, KohyoText("title")
End Sub

' The texts of this add-in: keys in column A of its sheet "kohyo", texts in column B.
Public Function KohyoText(ByVal key As String) As String
    Dim row As Long
    With ThisWorkbook.Worksheets("kohyo")
        For row = 1 To 20
            If .Cells(row, 1).Value = key Then KohyoText = CStr(.Cells(row, 2).Value)
        Next row
    End With
End Function
