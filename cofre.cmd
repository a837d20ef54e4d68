@echo off
rem Starts Cofre from a checkout: finds a Java, builds the program the first time, then runs it.
setlocal EnableExtensions DisableDelayedExpansion
set "ROOT=%~dp0"
set "ROOT=%ROOT:~0,-1%"
set "FOUND="

call :take "%JAVA_HOME%"
if not defined FOUND for /f "delims=" %%J in ('where java 2^>nul') do if not defined FOUND call :take "%%~dpJ.."
for %%P in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%USERPROFILE%\.jdks" "%USERPROFILE%\scoop\apps") do (
  if not defined FOUND if exist "%%~P" for /d %%D in ("%%~P\*25*") do if not defined FOUND call :take "%%~D"
)
if not defined FOUND (
  echo Cofre needs Java ^(JDK^) 25 or newer and found none on this computer. 1>&2
  echo   winget install EclipseAdoptium.Temurin.25.JDK 1>&2
  exit /b 1
)

if not exist "%ROOT%\cli\target\app\lib\cli-*.jar" (
  echo cofre: building the program ^(only the first time, a minute or two^)... 1>&2
  setlocal
  set "JAVA_HOME=%FOUND%"
  call "%ROOT%\mvnw.cmd" -q -B -f "%ROOT%\pom.xml" -DskipTests package 1>&2
  if errorlevel 1 exit /b 1
  endlocal
)

set "COMMON=-Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -XX:+UseSerialGC -XX:-HeapDumpOnOutOfMemoryError --enable-native-access=ALL-UNNAMED"
if /i "%~1"=="server" goto server
"%FOUND%\bin\java" %COMMON% -XX:-CreateCoredumpOnCrash -Xmx512m %COFRE_JAVA_OPTS% -cp "%ROOT%\cli\target\app\lib\*" "-Dcofre.app=%ROOT%" dev.cofre.cli.Main %*
exit /b %ERRORLEVEL%

:server
set "REST="
shift
:next
if "%~1"=="" goto start
set REST=%REST% %1
shift
goto next
:start
"%FOUND%\bin\java" %COMMON% -Xmx256m -XX:MaxDirectMemorySize=96m -XX:+ExitOnOutOfMemoryError %COFRE_JAVA_OPTS% -cp "%ROOT%\server\target\app\lib\*" "-Dcofre.app=%ROOT%" dev.cofre.server.Main %REST%
exit /b %ERRORLEVEL%

rem Takes the Java in a directory when it is 25 or newer and can compile.
:take
if "%~1"=="" exit /b
if not exist "%~1\bin\javac.exe" exit /b
set "VERSION="
for /f "tokens=2 delims==" %%V in ('findstr /b "JAVA_VERSION=" "%~1\release" 2^>nul') do set "VERSION=%%~V"
for /f "tokens=1 delims=.-+" %%V in ("%VERSION%") do set "VERSION=%%V"
if not defined VERSION exit /b
if %VERSION% GEQ 25 set "FOUND=%~f1"
exit /b
