#!/bin/sh
# One frame, 160 pixels wide and gray. ffmpeg reads meaning into file names ('%d'), so it is given none of ours.
set -eu
ffmpeg -nostdin -loglevel error -f png_pipe -i "file:$INPUT_FILE_PATH" -vf scale=160:-1,format=gray -bitexact \
  -f image2pipe -c:v png pipe:1 >"$TMP_OUTPUT_DIR/$(basename "$INPUT_FILE_PATH")"
