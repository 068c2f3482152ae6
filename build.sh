#!/usr/bin/env bash
# Runs Sluice with the arguments given, e.g. ./build.sh --target=Promote. The program is built before when one of its inputs changed.
# Each build has a folder of its own, named by the digest of its inputs, so that a running program never loses its files.
set -euo pipefail
unset CDPATH

# A stream that the caller has closed would become the next file that is opened.
true 3>&2 || exec 2> /dev/null
{ true 3>&1; } 2> /dev/null || exec > /dev/null
{ true 3<&0; } 2> /dev/null || exec < /dev/null

# The file that a path means, behind any symbolic links. (Not every readlink has -f.)
follow() {
    local path=$1 link
    case $path in */*) ;; *) path=./$path ;; esac
    while [ -L "$path" ]; do
        link=$(readlink "$path")
        case $link in
            /*) path=$link ;;
            *) path=${path%/*}/$link ;;
        esac
    done
    printf '%s' "$path"
}

give_up_without_sdk() {
    local version
    version=$(sed -n 's/.*"version"[^"]*"\([^"]*\)".*/\1/p' "$root/global.json")
    {
        echo "Sluice needs the .NET SDK $version or a later one of its line, as global.json says, but $1."
        echo "Get it at https://dotnet.microsoft.com/download"
    } >&2
    exit 1
}

# Sets what the digest is taken of: the program's files and folders, and what else a build depends on, the options and the installed SDKs.
list_inputs() {
    local file
    inputs=(build build.sh global.json)
    for file in Directory.* .editorconfig [Nn]u[Gg]et.[Cc]onfig; do
        if [ -f "$file" ]; then inputs+=("$file"); fi
    done
    beside="OfficialPackages=${OfficialPackages:-} ${inputs[*]} ${dotnet_folder%/*}/sdk/"
    for file in "${dotnet_folder%/*}"/sdk/*; do beside+=" ${file##*/}"; done
}

# Sets the digest of all names and contents. To ask which inputs have changed since the last digest takes a fraction of reading them all; ctime
# is the one time that no copy, checkout or touch sets back. Folders have it, too, for files that came or went.
digest_inputs() {
    local before='' changed
    list_inputs
    if { read -r before && read -r digest; } 2> /dev/null < "$known" && [ "$before" = "$beside" ] \
        && changed=$(find "${inputs[@]}" -type d \( -name bin -o -name obj \) -prune -o -cnewer "$known" -print 2> /dev/null) \
        && [ -z "$changed" ]; then
        return
    fi
    read_inputs
}

# The digest's time is that of its beginning, set apart by more than a clock's tick: what is edited while it is taken counts as changed.
read_inputs() {
    if ! { mkdir -p "$hosts" && : > "$known.$$"; } 2> /dev/null; then
        # Where nothing can be written, all is read each time.
        digest=$(hash_inputs "$beside")
        return
    fi
    sleep 0.02
    digest=$(hash_inputs "$beside")
    printf '%s\n' "$beside" "$digest" > "$known.$$.text"
    touch -r "$known.$$" "$known.$$.text"
    mv -f "$known.$$.text" "$known"
    rm -f "$known.$$"
}

# The digest of a text and of the input files, or of those that find's conditions, the other arguments, choose.
hash_inputs() {
    local hash text=$1
    shift
    if command -v sha256sum > /dev/null; then hash=sha256sum; else hash='shasum -a 256'; fi
    {
        echo "$text"
        find "${inputs[@]}" -type d \( -name bin -o -name obj \) -prune -o -type f "$@" -exec $hash {} + | LC_ALL=C sort
    } | $hash | cut -c 1-20
}

# One build at a time. The lock is a link that names the process which holds it; making one either succeeds or finds another.
take_lock() {
    local owner waited=0 gone=0
    until ln -s "$$" "$lock" 2> /dev/null; do
        if ! owner=$(readlink "$lock"); then
            # It has gone since; where that seems to be so again and again, no link can be made there, and ln says why.
            if [ "$gone" -lt 20 ]; then
                sleep 0.1
                gone=$((gone + 1))
                continue
            fi
            ln -s "$$" "$lock"
            return
        fi
        if ! kill -0 "$owner" 2> /dev/null || [ "$waited" -ge 6000 ]; then
            # Its owner died, or another process has got its number since.
            rm -f "$lock"
        else
            sleep 0.1
            waited=$((waited + 1))
        fi
    done
}

# Builds of before: the three used last stay, and those that a process still runs from.
remove_old_hosts() {
    local running used
    running=$(ps -axww -o args= 2> /dev/null || tr '\0' '\n' 2> /dev/null < <(cat /proc/[0-9]*/cmdline)) || return 0
    { ls -1t "$hosts"/*/.used 2> /dev/null || true; } | tail -n +4 | while IFS= read -r used; do
        case $running in
            *"${used%.used}"*) ;;
            *) rm -rf "${used%/.used}" ;;
        esac
    done
}

# Restoring packages takes as long as compiling an edited project, so it is left out where nothing that it reads has changed since. The SDK
# itself says so (NETSDK) when what was restored is gone.
publish_host() {
    local packages log=$temporary.log
    packages=$(hash_inputs "$beside ${NUGET_PACKAGES:-$HOME}" ! -name '*.cs')
    if [ "$packages" = "$(cat "$hosts/restored" 2> /dev/null)" ]; then
        if publish --no-restore > "$log"; then return; fi
        if ! grep -q NETSDK "$log"; then
            cat "$log" >&2
            return 1
        fi
    fi
    rm -f "$hosts/restored"
    publish >&2
    echo "$packages" > "$hosts/restored"
}

publish() {
    DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 dotnet publish "$root/build/Sluice/Sluice.csproj" --configuration Release \
        --output "$temporary" --nologo --verbosity quiet --tl:off -consoleLoggerParameters:"ErrorsOnly;NoSummary" "$@"
}

# A subshell, so that the trap cleans up however the build ends.
build_host() (
    if ! mkdir -p "$hosts" || ! [ -w "$hosts" ]; then
        echo "Sluice has to be built, and $(id -un) can't write to $hosts. Whoever owns it builds it by ./build.sh --version." >&2
        exit 1
    fi
    take_lock
    temporary=$hosts/building.$$
    trap 'rm -rf "$temporary" "$temporary.log"; rm -f "$lock"' EXIT
    if [ -d "$hosts/$digest" ]; then exit 0; fi

    if ! (cd "$root" && dotnet --version > /dev/null 2>&1); then
        give_up_without_sdk "that is not installed"
    fi

    if ls "$hosts"/*/.used > /dev/null 2>&1; then
        echo "Building Sluice, for its sources changed. This takes a moment." >&2
    else
        echo "Building Sluice, for the first time here. This takes a few minutes at most." >&2
    fi
    publish_host

    # Sources that were edited meanwhile belong to another digest.
    built=$digest
    digest_inputs
    if [ "$digest" = "$built" ]; then
        : > "$temporary/.used"
        mv "$temporary" "$hosts/$digest"
    fi
    remove_old_hosts
)

script=$(follow "${BASH_SOURCE[0]}")
root=$(cd "${script%/*}" && pwd -P)
hosts=$root/.sluice/host
lock=$hosts/lock
known=$hosts/digest

if ! dotnet=$(type -P dotnet); then give_up_without_sdk "there is no dotnet on the PATH"; fi
dotnet_folder=$(follow "$dotnet")

# The caller's directory stays the program's.
caller=$PWD
cd "$root"
digest_inputs
while [ ! -d "$hosts/$digest" ]; do
    build_host
    digest_inputs
done
cd "$caller"

# That only tells which builds are used; one that can't be written to runs all the same.
{ : > "$hosts/$digest/.used"; } 2> /dev/null || true
export SLUICE_ROOT=$root
exec dotnet "$hosts/$digest/Sluice.dll" "$@"
