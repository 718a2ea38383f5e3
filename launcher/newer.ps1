# Part of `vitrine.cmd`, as `fresh` and `newer` of `vitrine`: exits with 1 if there is no such stamp, or
# if what is newer than it is not what was so when the build began (files from the future). With -Keep
# writes that down.
param([string] $Root, [string] $Stamp, [switch] $Keep)
$file = Get-Item -LiteralPath $Stamp -ErrorAction SilentlyContinue
if (-not $file -or $file.LastWriteTime -gt (Get-Date)) { exit 1 }
$future = Join-Path $file.DirectoryName 'future'
$roots = @(Get-Item "$Root\pom.xml", "$Root\*\pom.xml", "$Root\*\src\main", "$Root\.mvn")
$newer = @($roots + @($roots | Where-Object PSIsContainer | Get-ChildItem -Recurse) |
  Where-Object LastWriteTime -gt $file.LastWriteTime |
  ForEach-Object {
    $_.FullName
    if ($_.PSIsContainer) { $_.GetFileSystemInfos().Name } else { (Get-FileHash -LiteralPath $_.FullName).Hash }
  }) -join "`n"
if ($Keep) { Set-Content -LiteralPath $future -Value $newer -NoNewline; exit 0 }
$kept = if (Test-Path -LiteralPath $future) { [string](Get-Content -LiteralPath $future -Raw) } else { '' }
if ($newer -ne $kept) { exit 1 }
