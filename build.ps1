# Runs Sluice with the arguments given, e.g. ./build.ps1 --target=Promote. The program is built before when one of its inputs changed.
# Each build has a folder of its own, named by the digest of its inputs, so that a running program never loses its files.
# Works in Windows PowerShell 5.1 and in PowerShell 7; does the same as build.sh.

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
$PSNativeCommandArgumentPassing = 'Standard'
$onWindows = [IO.Path]::DirectorySeparatorChar -eq '\'

# The file that a path means, behind any symbolic links.
function Resolve-Link([string] $path) {
    if ([IO.File].GetMethod('ResolveLinkTarget')) {
        $target = [IO.File]::ResolveLinkTarget($path, $true)
        if ($target) { return $target.FullName }
    }
    elseif ((Get-Item -LiteralPath $path).LinkType -eq 'SymbolicLink') {
        return [IO.Path]::GetFullPath([IO.Path]::Combine([IO.Path]::GetDirectoryName($path), @((Get-Item -LiteralPath $path).Target)[0]))
    }
    return $path
}

function Stop-WithoutSdk([string] $reason) {
    $version = [regex]::Match([IO.File]::ReadAllText("$root/global.json"), '"version"\s*:\s*"([^"]*)"').Groups[1].Value
    [Console]::Error.WriteLine("Sluice needs the .NET SDK $version or a later one of its line, as global.json says, but $reason.")
    [Console]::Error.WriteLine('Get it at https://dotnet.microsoft.com/download')
    exit 1
}

function Get-Sha256([byte[]] $bytes) {
    $sha = [Security.Cryptography.SHA256]::Create()
    try { return [BitConverter]::ToString($sha.ComputeHash($bytes)).Replace('-', '').ToLowerInvariant() }
    finally { $sha.Dispose() }
}

# The files below a folder, without what builds leave there.
function Get-Source([string] $folder) {
    [IO.Directory]::GetFiles($folder)
    foreach ($child in [IO.Directory]::GetDirectories($folder)) {
        if ([IO.Path]::GetFileName($child) -notin 'bin', 'obj') { Get-Source $child }
    }
}

# Names and contents of all that the program is made of; the options and the installed SDKs belong to it.
function Get-InputDigest {
    $files = @(Get-Source "$root/build") + @([IO.Directory]::GetFiles($root) | Where-Object {
        $name = [IO.Path]::GetFileName($_)
        $name -in 'build.ps1', 'global.json', '.editorconfig', 'nuget.config' -or $name -like 'Directory.*'
    })
    $lines = [Collections.Generic.List[string]]::new()
    foreach ($file in $files) {
        $lines.Add($file.Substring($root.Length).Replace('\', '/') + ' ' + (Get-Sha256 ([IO.File]::ReadAllBytes($file))))
    }
    $sdks = [IO.Path]::Combine([IO.Path]::GetDirectoryName((Resolve-Link $dotnet)), 'sdk')
    if ([IO.Directory]::Exists($sdks)) { $lines.AddRange([IO.Directory]::GetDirectories($sdks)) }
    $lines.Add("OfficialPackages=$env:OfficialPackages")
    $lines.Sort([StringComparer]::Ordinal)
    return (Get-Sha256 ([Text.Encoding]::UTF8.GetBytes($lines -join "`n"))).Substring(0, 20)
}

# Builds of before: the three used last stay, and those that a process still runs from. Windows does not rename a folder in use; elsewhere
# the processes are asked.
function Remove-OldHost {
    $running = ''
    if (-not $onWindows) { $running = (& ps -axww -o args=) -join "`n" }
    $folders = [string[]] @([IO.Directory]::GetDirectories($hosts) | Where-Object { [IO.File]::Exists("$_/.used") })
    [Array]::Sort([long[]] @($folders | ForEach-Object { [IO.File]::GetLastWriteTimeUtc("$_/.used").Ticks }), $folders)
    for ($i = 0; $i -lt $folders.Count - 3; $i++) {
        $folder = $folders[$i]
        if ($running.Contains("$folder/")) { continue }
        try {
            $doomed = "$folder.old"
            [IO.Directory]::Move($folder, $doomed)
            [IO.Directory]::Delete($doomed, $true)
        }
        catch [IO.IOException], [UnauthorizedAccessException] {
            continue
        }
    }
}

# One build at a time. A mutex whose owner died counts as taken by the one that waited for it.
function Invoke-Alone([scriptblock] $action) {
    $mutex = [Threading.Mutex]::new($false, "Global\Sluice-$((Get-Sha256 ([Text.Encoding]::UTF8.GetBytes($root))).Substring(0, 20))")
    try {
        try { [void] $mutex.WaitOne() }
        catch [Threading.AbandonedMutexException] { $null = $_ }
        try { & $action }
        finally { $mutex.ReleaseMutex() }
    }
    finally {
        $mutex.Dispose()
    }
}

function Build-Host {
    if ([IO.Directory]::Exists("$hosts/$digest")) { return }

    # To Windows PowerShell a line on the error stream that is redirected would be an error to stop at.
    Push-Location -LiteralPath $root
    $ErrorActionPreference = 'Continue'
    try { & $dotnet --version > $null 2> $null }
    finally { Pop-Location; $ErrorActionPreference = 'Stop' }
    if ($LASTEXITCODE -ne 0) { Stop-WithoutSdk 'that is not installed' }

    $isFirst = -not ([IO.Directory]::GetDirectories($hosts) | Where-Object { [IO.File]::Exists("$_/.used") })
    [Console]::Error.WriteLine($(
        if ($isFirst) { 'Building Sluice, for the first time here. This takes a few minutes at most.' }
        else { 'Building Sluice, for its sources changed. This takes a moment.' }))
    $temporary = "$hosts/building.$PID"
    try {
        $env:DOTNET_NOLOGO = '1'
        $env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
        & $dotnet publish "$root/build/Sluice/Sluice.csproj" --configuration Release --output $temporary --nologo `
            --verbosity quiet --tl:off '-consoleLoggerParameters:ErrorsOnly;NoSummary' | ForEach-Object { [Console]::Error.WriteLine($_) }
        if ($LASTEXITCODE -ne 0) { exit 1 }

        # Sources that were edited meanwhile belong to another digest.
        if ((Get-InputDigest) -eq $digest) {
            [IO.File]::WriteAllText("$temporary/.used", '')
            [IO.Directory]::Move($temporary, "$hosts/$digest")
        }
        Remove-OldHost
    }
    finally {
        if ([IO.Directory]::Exists($temporary)) { [IO.Directory]::Delete($temporary, $true) }
    }
}

# PowerShell hands its own scripts 10,50 as a list; the program is to get what was typed. Before 7.3 it also hands programs neither empty
# arguments nor quotes, unless they are escaped.
function ConvertTo-NativeArgument($argument) {
    $text = @($argument) -join ','
    if ($PSVersionTable.PSVersion -ge [version] '7.3') { return $text }
    if ($text -eq '') { return '""' }
    $text = $text -replace '(\\*)"', '$1$1\"'
    if ($text -match '\s') { $text = $text -replace '(\\+)$', '$1$1' }
    return $text
}

$root = [IO.Path]::GetDirectoryName((Resolve-Link $PSCommandPath))
$hosts = "$root/.sluice/host"

$dotnet = @(Get-Command dotnet -CommandType Application -ErrorAction SilentlyContinue)[0].Source
if (-not $dotnet) { Stop-WithoutSdk 'there is no dotnet on the PATH' }

$digest = Get-InputDigest
while (-not [IO.Directory]::Exists("$hosts/$digest")) {
    [void] [IO.Directory]::CreateDirectory($hosts)
    Invoke-Alone { Build-Host }
    $digest = Get-InputDigest
}

# That only tells which builds are used; one that can't be written to runs all the same.
try { [IO.File]::WriteAllText("$hosts/$digest/.used", '') } catch [IO.IOException], [UnauthorizedAccessException] { }
$env:SLUICE_ROOT = $root

# Written out as quoted words, for only those are safe from PowerShell's own expansion of * and ~ on Linux and macOS.
$words = foreach ($argument in $args) {
    "'" + [Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent((ConvertTo-NativeArgument $argument)) + "'"
}
& ([scriptblock]::Create("& `$dotnet `"`$hosts/`$digest/Sluice.dll`" $words"))
exit $LASTEXITCODE
