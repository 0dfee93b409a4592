namespace ScarNet.EndToEnd.Deploy;

/// <summary>A job that never begins: it waits for one whose machines are switched off.</summary>
internal static class WaitingJob
{
    private const string Hold = "hold";

    /// <returns>Its id.</returns>
    public static async Task<string> Submit(Deployment deployment, string queue, string definition, CancellationToken cancellation)
    {
        var batch = deployment.Clients.Batch;
        await batch.CreateComputeEnvironmentAsync(
            new() { ComputeEnvironmentName = Hold, Type = "MANAGED", State = "DISABLED", ComputeResources = new() { Type = "EC2", MaxvCpus = 1 } }, cancellation);
        await batch.CreateJobQueueAsync(
            new() { JobQueueName = Hold, State = "ENABLED", Priority = 1, ComputeEnvironmentOrder = [new() { Order = 1, ComputeEnvironment = Hold }] }, cancellation);
        var held = await batch.SubmitJobAsync(new() { JobName = Hold, JobQueue = Hold, JobDefinition = definition }, cancellation);
        return (await batch.SubmitJobAsync(
            new() { JobName = "waits", JobQueue = queue, JobDefinition = definition, DependsOn = [new() { JobId = held.JobId }] }, cancellation)).JobId!;
    }
}
