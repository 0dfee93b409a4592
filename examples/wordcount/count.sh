#!/bin/bash
# Counts the words of a work: four parts at once, a table of "count<tab>word" lines for each, one after another.
# A word is letters and apostrophes, in lower case.
set -euo pipefail
export LC_ALL=C

count() {
  tr -cs "A-Za-z'" '\n' <"$1" | tr 'A-Z' 'a-z' | sort | uniq -c | while read -r n word; do
    [ -z "$word" ] || printf '%d\t%s\n' "$n" "$word"
  done >"$1.tsv"
}

split --number=l/4 "$INPUT_FILE_PATH" part-
counters=()
for part in part-??; do
  count "$part" &
  counters+=($!)
done
for counter in "${counters[@]}"; do
  wait "$counter"
done

name=$(basename "$INPUT_FILE_PATH" .txt)
cat part-??.tsv >"$TMP_OUTPUT_DIR/$name.tsv"
wc -w "$INPUT_FILE_PATH"
