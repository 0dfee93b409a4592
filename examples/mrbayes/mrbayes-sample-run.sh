#!/bin/sh
# Bayesian inference of a phylogeny: $ITERATIONS generations of Markov chain Monte Carlo over the alignment that was put,
# a hundred samples of them kept, then summed up as a consensus tree. The seeds are fixed: the same alignment, the same tree.
set -eu
iterations=${ITERATIONS:-10000}
case $iterations in
  '' | *[!0-9]*) echo "ITERATIONS is '$iterations': it must be a whole number" >&2; exit 2 ;;
esac
every=$((iterations / 100))
[ "$every" -gt 0 ] || every=1

# The alignment gets a plain name: MrBayes cannot read one with a space in it.
cp "$INPUT_FILE_PATH" alignment.nex
cat >commands.nex <<COMMANDS
#NEXUS
begin mrbayes;
  set autoclose=yes nowarnings=yes seed=1 swapseed=1;
  execute alignment.nex;
  mcmc ngen=$iterations samplefreq=$every printfreq=$((every * 10)) diagnfreq=$((every * 10)) checkpoint=no filename=result;
  sumt filename=result;
  sump filename=result;
end;
COMMANDS
mb commands.nex

name=$(basename "$INPUT_FILE_PATH" .nex)
for file in result.*; do
  # Each file opens with a number made of the time of day; without it the same run gives the same bytes.
  sed '1,2s/^\[ID: [0-9]*\]$/[ID: 1]/' "$file" >"$TMP_OUTPUT_DIR/$name${file#result}"
done
