# shellcheck shell=bash
# What a script tells the person who runs it.

say() {
  printf '==> %s\n' "$*"
}

warn() {
  printf '==> Note: %s\n' "$*" >&2
}

# Stop with a reason and what to do about it.
fail() {
  printf '\n%s stopped: %s\n' "${SCRIPT_NAME:-script}" "$*" >&2
  exit 1
}

# Run a command quietly; when it fails, show the end of what it wrote.
# Arguments: name of the log, command.
run_logged() {
  local log="$DATA_DIR/log/$1.log"
  shift
  mkdir -p "$DATA_DIR/log"
  if "$@" >"$log" 2>&1; then
    return 0
  fi
  printf -- '--- the end of %s\n' "$log" >&2
  tail -n 20 "$log" >&2
  printf -- '---\n' >&2
  return 1
}
