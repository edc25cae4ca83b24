#!/bin/sh
# Restores the newest back-up into an empty folder and reads it: a back-up that nobody ever restored is a hope.
# Takes as much room in TMPDIR as the home has; the home itself is not touched.
set -eu
umask 077
cd @PROJECT@
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
@PYTHON@ -m flows.cli restore --quiet --from @BACKUP@ --home "$folder/home"
@PYTHON@ -m flows.cli status --quiet --home "$folder/home"
