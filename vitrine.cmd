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

powershell -NoProfile -ExecutionPolicy Bypass -Command ^
  "$s = Get-Item -LiteralPath '%BUILD%\stamp' -ErrorAction SilentlyContinue; if (-not $s) { exit 1 };" ^
  "$f = @(Get-Item '%ROOT%\pom.xml', '%ROOT%\*\pom.xml') + @(Get-Item '%ROOT%\*\src\main', '%ROOT%\.mvn' | Get-ChildItem -Recurse);" ^
  "if ($f | Where-Object LastWriteTime -gt $s.LastWriteTime | Select-Object -First 1) { exit 1 }"
if errorlevel 1 call :build || exit /b 1

"%JDK%\bin\java" -XX:+UseSerialGC -Xms32m -Xmn8m -p "%BUILD%\modules" --add-opens java.base/java.io=dev.vitrine.cli ^
  %VITRINE_JAVA_OPTS% -m dev.vitrine.cli/dev.vitrine.cli.Main %*
exit /b %errorlevel%

:test
set "ARGS=%*"
set "ARGS=%ARGS:~4%"
pushd "%ROOT%"
call mvnw.cmd -B -ntp verify %ARGS%
set "CODE=%errorlevel%"
popd
exit /b %CODE%

:build
echo vitrine: building (the first time about a minute) ... 1>&2
if not exist "%BUILD%" mkdir "%BUILD%"
if exist "%BUILD%\stamp" del "%BUILD%\stamp"
if exist "%BUILD%\modules" rmdir /s /q "%BUILD%\modules"
echo %ROOT%> "%BUILD%\stamp.next"
pushd "%ROOT%"
call mvnw.cmd -B -ntp -Dquick -pl cli -am package > "%BUILD%\build.log" 2>&1
set "CODE=%errorlevel%"
popd
if not "%CODE%"=="0" (
  findstr /b /c:"[ERROR]" "%BUILD%\build.log" 1>&2
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
