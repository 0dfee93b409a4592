using ScarNet.Cli.Deploy;

namespace ScarNet.Cli.Output;

/// <summary>A line for each step of a plan as it ends.</summary>
/// <param name="terminal">Where they go.</param>
/// <param name="waitsOnly">Whether only what takes long is told.</param>
internal sealed class StepLines(Terminal terminal, bool waitsOnly = false) : IProgress<StepProgress>
{
    private bool undoes;

    public void Report(StepProgress value)
    {
        var said = value.State switch
        {
            StepState.Waiting => $"{value.Step.Resource} '{value.Step.Name}': {value.Message}",
            _ when waitsOnly => null,
            StepState.Undoing when !undoes => "taking away again what this run has created; Ctrl-C leaves what is left of it",
            StepState.Failed => $"failed: {value.Step}: {value.Message}",
            StepState.Undone => $"undone: {value.Step}",
            StepState.NotUndone => $"could not be undone: {value.Step}: {value.Message}",
            StepState.Done => value.Step.ToString(),
            _ => null,
        };
        undoes |= value.State == StepState.Undoing;
        if (said is not null)
        {
            terminal.Say(Printable.Of(said));
        }
    }
}
