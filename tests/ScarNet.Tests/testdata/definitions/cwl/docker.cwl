cwlVersion: v1.2
class: CommandLineTool
baseCommand: [sort]
requirements:
  DockerRequirement: {dockerPull: 'debian:12'}
inputs:
  input_file: File
  reference: {type: File}
  index: {type: 'File?'}
  threads: int
  level: {type: int, default: 3}
outputs: []
