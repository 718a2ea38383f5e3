@echo off
rem Starts Vitrine on Windows, as the script `vitrine` does elsewhere: finds a JDK, builds when the
rem sources are newer than the last build, then runs.
setlocal enabledelayedexpansion
set "ROOT=%~dp0"
set "ROOT=%ROOT:~0,-1%"
set "BUILD=%ROOT%\.build"
set "JDK="

if defined JAVA_HOME call :consider "%JAVA_HOME%"
for /f "delims=" %%J in ('where java 2^>nul') do if not defined JDK call :consider "%%~dpJ.."
for /d %%J in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\*" ^
  "%ProgramFiles%\Zulu\*" "%ProgramFiles%\Amazon Corretto\*" "%ProgramFiles%\BellSoft\*" ^
  "%USERPROFILE%\.jdks\*" "%USERPROFILE%\scoop\apps\*jdk*") do if not defined JDK call :consider "%%~J"
if not defined JDK (
  echo vitrine: needs a JDK, 25 or newer, and found none: try 'winget install EclipseAdoptium.Temurin.25.JDK', or https://adoptium.net, or set JAVA_HOME 1>&2
  exit /b 2
)
set "JAVA_HOME=%JDK%"

if /i "%~1"=="jdk" (
  echo %JDK%
  exit /b 0
)
if /i "%~1"=="test" goto :test

powershell -NoProfile -ExecutionPolicy Bypass -File "%ROOT%\launcher\newer.ps1" "%ROOT%" "%BUILD%\stamp"
if errorlevel 1 call :build || exit /b 1

rem As `jvm` in `vitrine`, but that Java's line about incubator modules stays: cmd cannot keep one of
rem the error stream's lines back without taking the terminal from the others. Who asks for another collector or other sizes, gets them.
set "MEMORY=-XX:+UseSerialGC -Xms32m -Xmn8m"
(set JAVA_TOOL_OPTIONS & set JDK_JAVA_OPTIONS & set _JAVA_OPTIONS & set VITRINE_JAVA_OPTS) 2>nul | findstr /r /c:"-Xm[sx]" /c:"HeapSize=" >nul && set "MEMORY=-XX:+UseSerialGC -Xmn8m"
(set JAVA_TOOL_OPTIONS & set JDK_JAVA_OPTIONS & set _JAVA_OPTIONS & set VITRINE_JAVA_OPTS) 2>nul | findstr /r /c:"-Xmn" /c:"NewSize=" /c:"NewRatio=" >nul && set "MEMORY=-XX:+UseSerialGC"
(set JAVA_TOOL_OPTIONS & set JDK_JAVA_OPTIONS & set _JAVA_OPTIONS & set VITRINE_JAVA_OPTS) 2>nul | findstr /r /c:"-XX:+Use.*GC" >nul && set "MEMORY="
"%JDK%\bin\java" %MEMORY% -p "%BUILD%\modules" ^
  -XX:+UseCountedLoopSafepoints -XX:LoopStripMiningIter=1000 --add-opens java.base/java.io=dev.vitrine.cli ^
  %VITRINE_JAVA_OPTS% -m dev.vitrine.cli/dev.vitrine.cli.Main %*
exit /b %errorlevel%

rem Maven's log, which `vitrine` shows with --verbose alone.
:test
set "ARGS=%*"
set "ARGS=%ARGS:~4%"
if defined ARGS set "ARGS=%ARGS:--verbose=%"
pushd "%ROOT%"
call mvnw.cmd -B -ntp verify %ARGS%
set "CODE=%errorlevel%"
popd
exit /b %CODE%

:build
echo vitrine: building (the first time about a minute) ... 1>&2
if not exist "%BUILD%" mkdir "%BUILD%" 2>nul
copy /y nul "%BUILD%\stamp.next" >nul 2>&1 || (
  echo vitrine: cannot build: no permission to write to %BUILD% 1>&2
  exit /b 1
)
if exist "%BUILD%\stamp" del "%BUILD%\stamp"
if exist "%BUILD%\modules" rmdir /s /q "%BUILD%\modules"
if exist "%BUILD%\sql" rmdir /s /q "%BUILD%\sql"
powershell -NoProfile -ExecutionPolicy Bypass -File "%ROOT%\launcher\newer.ps1" "%ROOT%" "%BUILD%\stamp.next" -Keep
pushd "%ROOT%"
call mvnw.cmd -B -ntp -Dquick -pl cli -am package > "%BUILD%\build.log" 2>&1
set "CODE=%errorlevel%"
popd
if not "%CODE%"=="0" (
  findstr /b /c:"[ERROR]" "%BUILD%\build.log" 1>&2 || powershell -NoProfile -Command "Get-Content -LiteralPath '%BUILD%\build.log' -Tail 5" 1>&2
  echo vitrine: the build failed; its whole log is %BUILD%\build.log 1>&2
  exit /b 1
)
move /y "%BUILD%\stamp.next" "%BUILD%\stamp" >nul
exit /b 0

:consider
if not exist "%~f1\bin\javac.exe" exit /b 0
if not exist "%~f1\release" exit /b 0
findstr /r /c:"^JAVA_VERSION=.2[5-9]" /c:"^JAVA_VERSION=.[3-9][0-9]" "%~f1\release" >nul && set "JDK=%~f1"
exit /b 0
