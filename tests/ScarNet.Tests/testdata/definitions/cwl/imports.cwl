cwlVersion: v1.2
class: CommandLineTool
baseCommand: "true"
requirements:
  - $import: types.yml
inputs: []
outputs: []
