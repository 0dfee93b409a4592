#!/bin/bash
# Cuts a collection where a line starts with "=== ": the rest of that line is the title of the work below it.
# lincoln.txt becomes lincoln-00-gettysburg-address-1863.txt and so on; a text without titles stays one work.
set -euo pipefail
export LC_ALL=C

if [ ! -s "$INPUT_FILE_PATH" ]; then
  echo "$STORAGE_OBJECT_KEY is empty: there is nothing to split" >&2
  exit 1
fi
stem=$(basename "$INPUT_FILE_PATH")
stem=${stem%.*}
csplit --quiet --elide-empty-files --prefix=work- "$INPUT_FILE_PATH" '/^=== /' '{*}'

for work in work-*; do
  IFS= read -r title <"$work" || true # false where the only line has no line end
  if [ "${title#=== }" != "$title" ]; then
    slug=$(tr -cs 'A-Za-z0-9' - <<<"${title#=== }" | tr 'A-Z' 'a-z')
    slug=-${slug%-}
    tail -n +2 "$work" >body
  else
    slug=
    cp "$work" body
  fi
  name=$stem-${work#work-}$slug.txt
  mv body "$TMP_OUTPUT_DIR/$name"
  echo "$name"
done
