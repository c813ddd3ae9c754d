Attribute VB_Name = "KohyoPython"
Option Explicit

' Starts the Python that "kohyo addin install" wrote into the settings, and waits for it.
' Nothing is read from the workbook in front, and its folder is never put on a path:
'   -P      keeps the current folder out of Python's path
'   the current folder of the started Python is the one of the settings

Private Const HIDDEN_WINDOW As Long = 0

Public Sub RunPython(ByVal code As String, ByVal task As String)
    Dim reason As String
    Dim python As String
    Dim shell As Object
    Dim ended As Long
    python = KohyoSetting("python")
    If Len(python) = 0 Then
        KohyoTell KohyoText("no_settings")
        Exit Sub
    End If
    If KohyoSetting("ask") = "1" Then
        AskCompanion task, KohyoText("companion_away")
        Exit Sub
    End If
    On Error GoTo NotStarted
    Application.StatusBar = KohyoText("python_starts")
    Set shell = CreateObject("WScript.Shell")
    shell.CurrentDirectory = SettingsFolder()
    ended = shell.Run(KohyoCommand(python, code, Application.Hwnd), HIDDEN_WINDOW, True)
    Application.StatusBar = False
    If ended <> 0 Then KohyoTell KohyoText("failed")
    Exit Sub
NotStarted:
    reason = Err.Description
    Application.StatusBar = False
    AskCompanion task, KohyoText("not_started") & vbLf & reason
End Sub

Private Sub AskCompanion(ByVal task As String, ByVal otherwise As String)
    If KohyoAsk(task, Application.Hwnd) Then
        Application.StatusBar = KohyoText("companion_asked")
    Else
        KohyoTell otherwise
    End If
End Sub

Public Function KohyoCommand(ByVal python As String, ByVal code As String, ByVal window As Variant) As String
    Dim quote As String
    quote = Chr$(34)
    KohyoCommand = quote & python & quote & " -P -c " & quote & code & quote & " --hwnd=" & CStr(window)
End Function

' The settings are UTF-16, so that every folder's name is read as it is: a byte array is a string in VBA.
Public Function KohyoSetting(ByVal name As String) As String
    Dim path As String
    Dim number As Integer
    Dim content() As Byte
    Dim text As String
    Dim first As Long
    Dim last As Long
    path = SettingsFolder() & Application.PathSeparator & "addin.conf"
    If Len(Dir$(path)) = 0 Then Exit Function
    number = FreeFile
    Open path For Binary Access Read As #number
    ReDim content(LOF(number) - 1)
    Get #number, , content
    Close #number
    text = content
    first = InStr(1, text, vbLf & name & "=")
    If first = 0 Then Exit Function
    first = first + Len(name) + 2
    last = InStr(first, text, vbCr)
    If last = 0 Then last = Len(text) + 1
    KohyoSetting = Mid$(text, first, last - first)
End Function

Private Function SettingsFolder() As String
    SettingsFolder = Environ$("APPDATA") & Application.PathSeparator & "kohyo"
End Function
