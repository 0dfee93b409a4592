namespace ScarNet.Local.Lambda;

/// <summary>Where a function's runtime lives: a process of the host, or a container. Disposing kills it with its tree.</summary>
internal interface IRuntimeProcess : IAsyncDisposable
{
    /// <summary>Ends when it has, with how: 'exit status 1', 'signal: killed'.</summary>
    Task<RuntimeEnd> Exited { get; }

    /// <summary>Most memory it has held since the last <see cref="Begin"/>; 0 when that is not known.</summary>
    long PeakMemoryBytes { get; }

    /// <summary>An invocation begins: from now on its memory counts.</summary>
    void Begin();

    /// <summary>The invocation is over: returns when all that was written before has reached the log.</summary>
    Task End();
}

/// <param name="Description">As Lambda words it.</param>
/// <param name="OutOfMemory">Whether it was its memory limit.</param>
internal sealed record RuntimeEnd(string Description, bool OutOfMemory);
