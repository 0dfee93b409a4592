namespace ScarNet.Cli.Deploy;

/// <summary>Where a step stands.</summary>
public enum StepState
{
    Started,

    /// <summary>It waits for something that takes long; the message says for what.</summary>
    Waiting,
    Done,
    Failed,

    /// <summary>It was done, another step failed, and what it had created is being taken away again, which may take long.</summary>
    Undoing,

    /// <summary>It was done, another step failed, and what it had created is gone again.</summary>
    Undone,

    /// <summary>It was done, another step failed, and what it had created could not be taken away.</summary>
    NotUndone,
}
