cwlVersion: v1.0
class: CommandLineTool
doc: The MD5 digest of a file.
baseCommand: md5sum
inputs:
  input_file: File
stdin: $(inputs.input_file.path)
stdout: md5sum.txt
outputs:
  output_file: stdout
