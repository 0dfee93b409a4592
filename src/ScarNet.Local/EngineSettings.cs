namespace ScarNet.Local;

/// <summary>What an engine is told at its start. All of it is fixed until it stops.</summary>
public sealed record EngineSettings
{
    /// <summary>Everything the engine keeps lies in here; made when missing. One engine at a time uses it.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>TCP port on 127.0.0.1; 0, the default, takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Lambda invocations that run at once. Default: the machine's cores.</summary>
    public int LambdaConcurrency { get; init; } = Environment.ProcessorCount;

    /// <summary>Virtual CPUs that running Batch jobs share. Default: the machine's cores.</summary>
    public int BatchVcpus { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether functions with an image run in containers; when not, their scripts run on the host.</summary>
    public bool Containers { get; init; } = true;

    /// <summary>
    /// How long a failed asynchronous invocation waits for its next attempt, the first time, the second time and so on. Default: one
    /// second, then two. AWS waits a minute, then two; on a machine of one's own there is nothing to wait for that takes so long.
    /// </summary>
    public IReadOnlyList<TimeSpan> LambdaRetryWaits { get; init; } = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    /// <summary>
    /// Output that the logs keep of one Lambda invocation or one attempt of a job, from its start; of what is more, only the last 64 KiB.
    /// Default: 16 MiB.
    /// </summary>
    public long LogBytesPerRun { get; init; } = 16 << 20;

    public string Region { get; init; } = "us-east-1";

    public string Account { get; init; } = "000000000000";

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
