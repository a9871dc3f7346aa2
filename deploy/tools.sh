# Sourced by run and test: finds or installs the tools the build needs.
# Debian packages only; where this user may not install, the missing tool is named.

# need COMMAND PACKAGE... : makes sure that a command exists.
need() {
  local tool=$1
  shift
  command -v "$tool" >/dev/null 2>&1 && return 0
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing $* (needed: $tool)" >&2
    DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
  fi
  command -v "$tool" >/dev/null 2>&1 && return 0
  echo "missing: $tool (Debian: apt-get install $*)" >&2
  return 1
}
