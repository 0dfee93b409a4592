#!/bin/sh
# Takes a clip apart into <clip>-0001.png and so on, and puts the same frames into one <clip>.tar: the contact sheet needs
# them all at once, and an event tells of one object only.
set -eu
name=$(basename "$INPUT_FILE_PATH" .mp4)
mkdir frames
ffmpeg -nostdin -loglevel error -i "file:$INPUT_FILE_PATH" -fps_mode passthrough -bitexact frames/%04d.png

tar --sort=name --owner=0 --group=0 --mtime=@0 -C frames -cf "$TMP_OUTPUT_DIR/$name.tar" .
for frame in frames/*.png; do
  mv "$frame" "$TMP_OUTPUT_DIR/$name-$(basename "$frame")"
done
