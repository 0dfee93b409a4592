#!/bin/bash
# Adds up the tables of the parts: one line a word, the most frequent first, equally frequent ones in alphabetical order.
set -euo pipefail
export LC_ALL=C

declare -A total=()
while IFS=$'\t' read -r n word; do
  total[$word]=$((${total[$word]:-0} + n))
done <"$INPUT_FILE_PATH"

for word in "${!total[@]}"; do
  printf '%d\t%s\n' "${total[$word]}" "$word"
done | sort -k1,1nr -k2,2 >"$TMP_OUTPUT_DIR/$(basename "$INPUT_FILE_PATH")"
echo "${#total[@]} different words"
