; Makes the installer of the folder that ziping.spec builds: one user, no administrator, Chinese.
;
;   makensis -INPUTCHARSET UTF8 -DVERSION=0.2.0 -DSOURCE=dist\ziping -DOUT=ziping-0.2.0-setup.exe installer.nsi
;
; installer.py calls it on Debian, with -DTARGET=amd64-unicode, the kind that wine without its 32-bit half can run.
; The installer takes /S (asks nothing), /NODESKTOP (no shortcut on the desktop), /D=folder (last, without quotes).
; Exit codes: 0 installed; 1 cancelled; 2 nothing changed, the program is running or a file can't be written;
; 3 not a Windows 10 or newer with 64 bits. The uninstaller takes /S.

!ifndef TARGET
  !define TARGET x86-unicode
!endif
Target ${TARGET}
Unicode true
ManifestDPIAware true
ManifestSupportedOS all
RequestExecutionLevel user
SetCompressor /FINAL /SOLID lzma
SetCompressorDictSize 64
AllowSkipFiles off

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include x64.nsh

!define NAME "自评簿"
!define KEY "ziping"
!define KIND "ziping.document"
!define FORM "ziping.form"
!define CLASSES "Software\Classes"
!define REMOVAL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${KEY}"
!define TRIES 10  ; a virus scanner may hold a file for a moment
!define PAUSE_MS 300
!define IS_RUNNING "${NAME} 正在运行。$\n$\n请先关闭它的窗口（已填内容会自动保存），再点“重试”。"

Name "${NAME}"
OutFile "${OUT}"
BrandingText "${NAME} ${VERSION}"
InstallDir "$LOCALAPPDATA\Programs\${KEY}"
InstallDirRegKey HKCU "Software\${KEY}" "InstallDir"

VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME} 安装程序"
VIAddVersionKey /LANG=2052 "CompanyName" "${KEY}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT License"

!define MUI_ICON "..\ziping.ico"
!define MUI_UNICON "..\ziping.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "side.bmp"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "side.bmp"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "本程序只装给当前用户，不需要管理员权限，也不联网。$\n$\n如已装有旧版，将换成新版；自评簿文件、备份和设置都不受影响。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\ziping.exe"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "将卸载 ${NAME}。您的自评簿文件、备份和设置都会留下。"
!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE FindFolder
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Var IsUpgrade
Var IsAside  ; what was installed is in _internal.old

; --- what both do first

!macro SetErrorIfRunning PROGRAM  ; Windows lets nobody write to a program that runs
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    FileOpen $0 "$INSTDIR\${PROGRAM}" a
    FileClose $0
  ${EndIf}
!macroend

!macro EndIfRunning
  StrCpy $1 0
  ${Do}
    ClearErrors
    !insertmacro SetErrorIfRunning "ziping.exe"
    !insertmacro SetErrorIfRunning "ziping-cli.exe"
    ${IfNot} ${Errors}
      ${ExitDo}
    ${EndIf}
    IntOp $1 $1 + 1
    ${If} $1 < ${TRIES}
      Sleep ${PAUSE_MS}
      ${Continue}
    ${EndIf}
    ${If} ${Cmd} 'MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${IS_RUNNING}" /SD IDCANCEL IDCANCEL'
      SetErrorLevel 2
      Abort "${NAME} 正在运行，什么也没有改动。"
    ${EndIf}
  ${Loop}
!macroend

!macro TellShell  ; that icons and associations are others now
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

; --- installing

Function .onInit
  System::Call 'ntdll::RtlGetNtVersionNumbers(*i.r0, *i, *i)'
  ${If} $0 < 10
  ${OrIfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "${NAME} 需要 64 位的 Windows 10 或 Windows 11。" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
FunctionEnd

Function FindFolder  ; a folder with other things in it gets one for us: uninstalling must touch nothing else
  ${DirState} "$INSTDIR" $0
  ${If} $0 == 1
  ${AndIfNot} ${FileExists} "$INSTDIR\ziping.exe"
    StrCpy $INSTDIR "$INSTDIR\${KEY}"
  ${EndIf}
FunctionEnd

Section
  Call FindFolder
  !insertmacro EndIfRunning
  StrCpy $IsUpgrade 0
  ${If} ${FileExists} "$INSTDIR\ziping.exe"
    StrCpy $IsUpgrade 1
  ${EndIf}
  Call PutOldAside
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}\_internal"
  File /r "${SOURCE}\licences"
  File "${SOURCE}\ziping.exe"
  File "${SOURCE}\ziping-cli.exe"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  RMDir /r "$INSTDIR\_internal.old"
  Call WriteShortcuts
  Call WriteRegistry
  !insertmacro TellShell
SectionEnd

Function PutOldAside  ; nothing of an older version stays among the new files; it comes back if these can't be written
  RMDir /r "$INSTDIR\_internal.old"
  ${If} ${FileExists} "$INSTDIR\_internal\*.*"
    ${For} $1 1 ${TRIES}
      ClearErrors
      Rename "$INSTDIR\_internal" "$INSTDIR\_internal.old"
      ${IfNot} ${Errors}
        ${ExitFor}
      ${EndIf}
      Sleep ${PAUSE_MS}
    ${Next}
    ${If} ${Errors}
      SetErrorLevel 2
      Abort "$INSTDIR 里的文件正被使用，什么也没有改动。"
    ${EndIf}
    StrCpy $IsAside 1
  ${EndIf}
  RMDir /r "$INSTDIR\licences"
FunctionEnd

Function .onInstFailed
  ${If} $IsAside == 1
    RMDir /r "$INSTDIR\_internal"
    Rename "$INSTDIR\_internal.old" "$INSTDIR\_internal"
  ${EndIf}
FunctionEnd

Function WriteShortcuts  ; a shortcut on the desktop that was thrown away does not come back with an upgrade
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\ziping.exe"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/NODESKTOP" $1
  ${If} ${Errors}
  ${AndIf} $IsUpgrade == 0
    CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\ziping.exe"
  ${EndIf}
FunctionEnd

Function WriteRegistry
  WriteRegStr HKCU "Software\${KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${CLASSES}\.zpb" "" "${KIND}"
  WriteRegStr HKCU "${CLASSES}\.zpb\OpenWithProgids" "${KIND}" ""
  WriteRegStr HKCU "${CLASSES}\${KIND}" "" "${NAME}文件"
  WriteRegStr HKCU "${CLASSES}\${KIND}\DefaultIcon" "" "$INSTDIR\ziping.exe,0"
  WriteRegStr HKCU "${CLASSES}\${KIND}\shell\open\command" "" '"$INSTDIR\ziping.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\.zpf" "" "${FORM}"
  WriteRegStr HKCU "${CLASSES}\.zpf\OpenWithProgids" "${FORM}" ""
  WriteRegStr HKCU "${CLASSES}\${FORM}" "" "${NAME}表样"
  WriteRegStr HKCU "${CLASSES}\${FORM}\DefaultIcon" "" "$INSTDIR\ziping.exe,0"
  WriteRegStr HKCU "${CLASSES}\${FORM}\shell\open\command" "" '"$INSTDIR\ziping.exe" "%1"'
  WriteRegStr HKCU "${REMOVAL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${REMOVAL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${REMOVAL}" "DisplayIcon" "$INSTDIR\ziping.exe"
  WriteRegStr HKCU "${REMOVAL}" "Publisher" "${KEY}"
  WriteRegStr HKCU "${REMOVAL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${REMOVAL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${REMOVAL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${REMOVAL}" "NoModify" 1
  WriteRegDWORD HKCU "${REMOVAL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${REMOVAL}" "EstimatedSize" $0
FunctionEnd

; --- uninstalling: what the installer put there and nothing else

Section "Uninstall"
  !insertmacro EndIfRunning
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\_internal.old"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\ziping.exe"
  Delete "$INSTDIR\ziping-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  ReadRegStr $0 HKCU "${CLASSES}\.zpb" ""
  ${If} $0 == "${KIND}"
    DeleteRegValue HKCU "${CLASSES}\.zpb" ""
  ${EndIf}
  DeleteRegValue HKCU "${CLASSES}\.zpb\OpenWithProgids" "${KIND}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.zpb\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.zpb"
  DeleteRegKey HKCU "${CLASSES}\${KIND}"
  ReadRegStr $0 HKCU "${CLASSES}\.zpf" ""
  ${If} $0 == "${FORM}"
    DeleteRegValue HKCU "${CLASSES}\.zpf" ""
  ${EndIf}
  DeleteRegValue HKCU "${CLASSES}\.zpf\OpenWithProgids" "${FORM}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.zpf\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.zpf"
  DeleteRegKey HKCU "${CLASSES}\${FORM}"
  DeleteRegKey HKCU "${REMOVAL}"
  DeleteRegKey HKCU "Software\${KEY}"
  !insertmacro TellShell
SectionEnd
