Attribute VB_Name = "KohyoSpool"
Option Explicit

' Where Excel may start no program, the add-in asks the companion ("kohyo watch"), which runs since log-on.
' A request is written under another name and renamed: it is there wholly or not at all.

Private Const LONGEST_SILENCE As Long = 30

Public Function KohyoAsk(ByVal task As String, ByVal window As Variant) As Boolean
    Dim folder As String
    Dim name_part As String
    Dim number As Integer
    On Error GoTo Failed
    folder = SpoolFolder()
    If Not CompanionIsThere(folder) Then Exit Function
    name_part = folder & Application.PathSeparator & Format$(Now, "yyyymmddhhnnss") & CStr(CLng(Timer * 100))
    number = FreeFile
    Open name_part & ".part" For Output As #number
    Print #number, "task=" & task
    Print #number, "version=" & KohyoText("version")
    Print #number, "window=" & CStr(window)
    Close #number
    Name name_part & ".part" As name_part & ".request"
    KohyoAsk = True
    Exit Function
Failed:
    KohyoAsk = False
End Function

' The companion touches a file every few seconds, also while it works.
Public Function CompanionIsThere(ByVal folder As String) As Boolean
    Dim sign As String
    sign = folder & Application.PathSeparator & "companion.alive"
    If Len(Dir$(sign)) = 0 Then Exit Function
    CompanionIsThere = Abs(DateDiff("s", FileDateTime(sign), Now)) < LONGEST_SILENCE
End Function

Public Function SpoolFolder() As String
    SpoolFolder = Environ$("APPDATA") & Application.PathSeparator & "kohyo" & Application.PathSeparator & "spool"
End Function
