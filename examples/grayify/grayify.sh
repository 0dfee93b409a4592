#!/bin/sh
# Turns a picture gray. ImageMagick reads meaning into file names ('%d', '[0]', 'txt:'), and the key of an object can be
# any text: so it is given no names.
set -eu
convert - -colorspace Gray jpg:- <"$INPUT_FILE_PATH" >"$TMP_OUTPUT_DIR/$(basename "$INPUT_FILE_PATH")"
