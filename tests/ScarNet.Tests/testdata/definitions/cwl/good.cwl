cwlVersion: v1.2
class: CommandLineTool
baseCommand: [sort]
inputs:
  - {id: list, type: {type: array, items: File}}
  - {id: tree, type: ["null", Directory]}
outputs: []
