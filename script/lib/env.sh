# shellcheck shell=bash
# Every script begins here: `. "$(dirname "${BASH_SOURCE[0]}")/lib/env.sh"`.
# Finds the checkout and the data folder; the functions are grouped by subject in the other files.

set -euo pipefail

SCRIPT_NAME="script/$(basename "$0")"
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
CALLED_FROM="$PWD"
cd "$ROOT"
# A start of the site runs ten programs, the tests a hundred: a third of what each begins with is
# to compile our modules, unless they are kept compiled.
unset PYTHONDONTWRITEBYTECODE

# shellcheck source=lib/messages.sh
. "$ROOT/script/lib/messages.sh"
# shellcheck source=lib/system.sh
. "$ROOT/script/lib/system.sh"
# shellcheck source=lib/dependencies.sh
. "$ROOT/script/lib/dependencies.sh"
# shellcheck source=lib/cluster.sh
. "$ROOT/script/lib/cluster.sh"
# shellcheck source=lib/processes.sh
. "$ROOT/script/lib/processes.sh"

# Use this folder for everything that the service writes; make it when it is missing.
use_data_dir() {
  local folder="$1"
  [[ $folder == /* ]] || folder="$CALLED_FROM/$folder"
  if ! [[ -e $folder ]]; then
    # Others may pass through, so that the database's own user can reach its part.
    mkdir -p "$folder" 2>/dev/null && chmod a+x "$folder"
  fi
  if ! [[ -d $folder && -w $folder && -x $folder ]]; then
    fail "the folder $folder cannot be written by $(id -un). Give it to this user, or name another" \
      "one: GEOPORTAL_DATA_DIR=/some/folder $SCRIPT_NAME"
  fi
  DATA_DIR="$(cd "$folder" && pwd -P)"
  export GEOPORTAL_DATA_DIR="$DATA_DIR"
}

use_data_dir "${GEOPORTAL_DATA_DIR:-$ROOT/.local}"
