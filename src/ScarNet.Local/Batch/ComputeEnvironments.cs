using System.Text.Json.Nodes;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Batch;

/// <summary>
/// Calls on compute environments. One is a limit on virtual CPUs here: it has no machines, so that it is VALID at once, and all of
/// computeResources but maxvCpus is only kept.
/// </summary>
internal sealed class ComputeEnvironments(BatchContext batch)
{
    private const int MaxPage = 100;
    private static readonly string[] MachineTypes = ["EC2", "SPOT", "FARGATE", "FARGATE_SPOT"];

    public async Task<JsonObject> Create(JsonObject body, CancellationToken cancellation)
    {
        var name = BatchNames.Checked("computeEnvironmentName", body.Required("computeEnvironmentName"));
        var type = body.Required("type");
        if (type is not ("MANAGED" or "UNMANAGED"))
        {
            throw BatchFault.Client($"type '{type}' must be MANAGED or UNMANAGED");
        }

        Unsupported.Check(body, "eksConfiguration");
        CheckMachines(type, body.Object("computeResources"));
        JobRequest.CheckTags(body);
        var document = body.Copy("computeEnvironmentName", "type", "unmanagedvCpus", "computeResources", "serviceRole", "tags", "context");
        document["computeEnvironmentArn"] = batch.Names.ComputeEnvironment(name);
        document["ecsClusterArn"] = batch.Names.Cluster(name);
        document["state"] = State(body, "ENABLED");
        document["status"] = "VALID";
        document["statusReason"] = "ComputeEnvironment Healthy";
        document["containerOrchestrationType"] = "ECS";
        document["uuid"] = Guid.NewGuid().ToString();
        await batch.Write(
            connection =>
            {
                Resources.ComputeEnvironments.Insert(connection, name, document);
                return true;
            },
            cancellation);
        return document.Copy("computeEnvironmentName", "computeEnvironmentArn");
    }

    public JsonObject Describe(JsonObject body) => JobQueues.Describe(
        body, batch, Resources.ComputeEnvironments, "computeEnvironments", name => batch.Names.NameOf("compute-environment", name), MaxPage);

    public async Task<JsonObject> Update(JsonObject body, CancellationToken cancellation)
    {
        var name = batch.Names.NameOf("compute-environment", body.Required("computeEnvironment"));
        return await batch.Write(
            connection =>
            {
                var document = Resources.ComputeEnvironments.Find(connection, name) ?? throw Missing(name);
                document["state"] = State(body, document.Required("state"));
                foreach (var member in (ReadOnlySpan<string>)["serviceRole", "unmanagedvCpus", "updatePolicy", "context"])
                {
                    document[member] = body[member]?.DeepClone() ?? document[member]?.DeepClone();
                }

                foreach (var (member, value) in body.Object("computeResources") ?? [])
                {
                    (document.Object("computeResources") ?? throw BatchFault.Client("an UNMANAGED compute environment has no computeResources"))
                        [member] = value?.DeepClone();
                }

                CheckMachines(document.Required("type"), document.Object("computeResources"));
                Resources.ComputeEnvironments.Update(connection, name, JsonOutput.WithoutNulls(document));
                StuckJobs.Reconsider(connection);
                return document.Copy("computeEnvironmentName", "computeEnvironmentArn");
            },
            cancellation);
    }

    public async Task<JsonObject> Delete(JsonObject body, CancellationToken cancellation)
    {
        var name = batch.Names.NameOf("compute-environment", body.Required("computeEnvironment"));
        return await batch.Write(
            connection =>
            {
                var document = Resources.ComputeEnvironments.Find(connection, name) ?? throw Missing(name);
                if (document.Text("state") != "DISABLED")
                {
                    throw BatchFault.Client($"Cannot delete, state of '{name}' must be DISABLED");
                }

                var user = Resources.Queues.List(connection, 0, int.MaxValue)
                    .Find(queue => JobQueues.EnvironmentsOf(queue.Document).Contains(name));
                if (user.Document is not null)
                {
                    throw BatchFault.Client($"Cannot delete, found existing JobQueue relationship: '{user.Document.Text("jobQueueName")}' uses '{name}'");
                }

                Resources.ComputeEnvironments.Delete(connection, name);
                return new JsonObject();
            },
            cancellation);
    }

    internal static string State(JsonObject body, string otherwise) => body.Text("state") switch
    {
        null => otherwise,
        "ENABLED" or "DISABLED" => body.Text("state")!,
        var state => throw BatchFault.Client($"state '{state}' must be ENABLED or DISABLED"),
    };

    private static void CheckMachines(string type, JsonObject? machines)
    {
        if (type == "UNMANAGED")
        {
            return;
        }

        if (machines is null)
        {
            throw BatchFault.Client("computeResources is required for a MANAGED compute environment");
        }

        if (!MachineTypes.Contains(machines.Required("type")))
        {
            throw BatchFault.Client($"type '{machines.Text("type")}' of computeResources must be one of {string.Join(", ", MachineTypes)}");
        }

        if (machines.Integer("maxvCpus") is not >= 1)
        {
            throw BatchFault.Client("maxvCpus of computeResources must be at least 1");
        }
    }

    private static Http.ApiException Missing(string name) => BatchFault.Client($"ComputeEnvironment '{name}' does not exist");
}
