#!/bin/sh
# The frames of a roll side by side, $COLUMNS_OF_SHEET in a row.
set -eu
columns=${COLUMNS_OF_SHEET:-4}
mkdir frames
tar -C frames -xf "$INPUT_FILE_PATH"
count=$(ls frames | wc -l)
rows=$(((count + columns - 1) / columns))
ffmpeg -nostdin -loglevel error -i frames/%04d.png -vf "scale=160:-1,tile=${columns}x$rows" -frames:v 1 -bitexact \
  -f image2pipe -c:v png pipe:1 >"$TMP_OUTPUT_DIR/$(basename "$INPUT_FILE_PATH" .tar).png"
echo "$count frames in $rows rows"
