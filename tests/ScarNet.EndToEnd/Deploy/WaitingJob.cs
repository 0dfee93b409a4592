namespace ScarNet.EndToEnd.Deploy;

/// <summary>A job that never begins: it waits for one whose machines are switched off.</summary>
internal static class WaitingJob
{
    private const string Hold = "hold";

    /// <summary>Makes the queue that never runs anything. Once for an engine.</summary>
    /// <returns>Id of the job that is waited for.</returns>
    public static async Task<string> Prepare(Deployment deployment, string definition, CancellationToken cancellation)
    {
        var batch = deployment.Clients.Batch;
        await batch.CreateComputeEnvironmentAsync(
            new() { ComputeEnvironmentName = Hold, Type = "MANAGED", State = "DISABLED", ComputeResources = new() { Type = "EC2", MaxvCpus = 1 } }, cancellation);
        await batch.CreateJobQueueAsync(
            new() { JobQueueName = Hold, State = "ENABLED", Priority = 1, ComputeEnvironmentOrder = [new() { Order = 1, ComputeEnvironment = Hold }] }, cancellation);
        return (await batch.SubmitJobAsync(new() { JobName = Hold, JobQueue = Hold, JobDefinition = definition }, cancellation)).JobId!;
    }

    /// <returns>Its id.</returns>
    public static async Task<string> Submit(Deployment deployment, string queue, string definition, CancellationToken cancellation) =>
        await Submit(deployment, queue, definition, await Prepare(deployment, definition, cancellation), null, cancellation);

    /// <param name="deployment">Where.</param>
    /// <param name="queue">Its queue.</param>
    /// <param name="definition">Its definition.</param>
    /// <param name="held">Job that it waits for.</param>
    /// <param name="children">Makes it an array of so many; null does not.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Its id.</returns>
    public static async Task<string> Submit(
        Deployment deployment, string queue, string definition, string held, int? children, CancellationToken cancellation) =>
        (await deployment.Clients.Batch.SubmitJobAsync(
            new()
            {
                JobName = "waits",
                JobQueue = queue,
                JobDefinition = definition,
                DependsOn = [new() { JobId = held }],
                ArrayProperties = children is null ? null : new() { Size = children },
            },
            cancellation)).JobId!;
}
