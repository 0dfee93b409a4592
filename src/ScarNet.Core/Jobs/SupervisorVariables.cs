namespace ScarNet.Core.Jobs;

/// <summary>Environment variables through which <c>init</c> and the submitting supervisor talk to a supervisor.</summary>
public static class SupervisorVariables
{
    /// <summary>The <see cref="JobSpec"/> as JSON.</summary>
    public const string Spec = "SCARNET_SPEC";

    /// <summary>s3:// address of the <see cref="JobSpec"/>; verified against <see cref="SpecSha256"/>.</summary>
    public const string SpecUri = "SCARNET_SPEC_URI";

    public const string SpecSha256 = "SCARNET_SPEC_SHA256";

    /// <summary>s3:// address of the supervisor, its key ending in its SHA-256: the host that mounts it reads it there.</summary>
    public const string Supervisor = "SCARNET_SUPERVISOR";

    /// <summary>Queue (name or ARN) and definition (name:revision) that a Lambda function submits to.</summary>
    public const string JobQueue = "SCARNET_JOB_QUEUE";

    public const string JobDefinition = "SCARNET_JOB_DEFINITION";

    /// <summary>The <see cref="BatchEvent"/> of a Batch job as JSON.</summary>
    public const string Event = "SCARNET_EVENT";

    /// <summary>s3:// address of the same, when it is too large; verified against <see cref="EventSha256"/>.</summary>
    public const string EventUri = "SCARNET_EVENT_URI";

    public const string EventSha256 = "SCARNET_EVENT_SHA256";

    /// <summary>s3:// address of the <see cref="ArrayManifest"/> of an array job; verified against <see cref="ArraySha256"/>.</summary>
    public const string ArrayUri = "SCARNET_ARRAY_URI";

    public const string ArraySha256 = "SCARNET_ARRAY_SHA256";

    /// <summary>How many children of the array job may fail; unset is none.</summary>
    public const string ArrayTolerance = "SCARNET_ARRAY_TOLERANCE";

    /// <summary>The images of a job's containers as a JSON object, reference → id: set by the engine. On AWS the task metadata has them.</summary>
    public const string Images = "SCARNET_IMAGES";

    /// <summary>The engine's mark of all processes of one tree: it stays on what a script starts, so that none outlives the engine.</summary>
    public const string Tree = "SCARNET_TREE";

    /// <summary>Directory in a container where the host mounts the supervisor.</summary>
    public const string MountDirectory = "/opt/scarnet";

    /// <summary>Directory of a machine, and in a supervisor's container, for the workspaces that it shares with the script's container.</summary>
    public const string ScratchDirectory = "/scratch";

    /// <summary>Docker's socket on a machine of AWS Batch, and in a supervisor's container that starts another one.</summary>
    public const string DockerSocket = "/var/run/docker.sock";

    /// <summary>
    /// Repository of images that hold the supervisor and nothing else, the tag being the first half of its SHA-256: the engine makes them
    /// itself.
    /// </summary>
    public const string RunnerRepository = "scarnet/runner";

    /// <summary>The supervisor's path in a container.</summary>
    public const string MountPath = "/opt/scarnet/supervisor";
}
