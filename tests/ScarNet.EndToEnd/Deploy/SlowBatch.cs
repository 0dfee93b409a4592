using System.Net;
using System.Text.Json.Nodes;
using ScarNet.EndToEnd.Wire;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>
/// Batch that takes its time, as AWS's does: a queue or compute environment that was changed is UPDATING for some looks, one that was deleted
/// is DELETING, and what does not go together with that is refused meanwhile. The engine does everything at once.
/// </summary>
internal sealed class SlowBatch
{
    private const int Looks = 3;

    private readonly Lock gate = new();
    private readonly Dictionary<string, JsonObject> seen = [];
    private readonly Dictionary<string, int> updating = [];
    private readonly Dictionary<string, int> deleting = [];

    /// <summary>Calls that were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Names of what is INVALID whenever it is not UPDATING or DELETING.</summary>
    public HashSet<string> Invalid { get; } = [];

    public void Into(Recorder recorder) => (recorder.Answer, recorder.Edit) = (Answer, Edit);

    public static void OutOf(Recorder recorder) => (recorder.Answer, recorder.Edit) = (_ => null, (_, _) => null);

    private HttpResponseMessage? Answer(RecordedCall call)
    {
        if (call.Service != "batch" || Resource(call) is not { } resource)
        {
            return null;
        }

        lock (gate)
        {
            return Refusal(call.Uri.AbsolutePath, resource) is { } refusal ? Refuse(call, refusal) : null;
        }
    }

    private HttpResponseMessage Refuse(RecordedCall call, string message)
    {
        Refused++;
        return ServiceErrors.Of(call, HttpStatusCode.BadRequest, "ClientException", message);
    }

    private string? Refusal(string path, string resource)
    {
        switch (path["/v1/".Length..])
        {
            case "createjobqueue" or "createcomputeenvironment" when deleting.ContainsKey(resource):
                return "Object already exists";
            case "updatejobqueue" or "updatecomputeenvironment" or "deletejobqueue" or "deletecomputeenvironment" when updating.ContainsKey(resource):
                return "Cannot update, resource is being modified";
            case "updatejobqueue" when seen[resource]["computeEnvironmentOrder"]!.AsArray().Any(entry => updating.ContainsKey(NameOf(entry!))):
                return "Cannot update, a compute environment is being modified";
            case "deletecomputeenvironment" when deleting.Keys.Any(queue => seen[queue]["computeEnvironmentOrder"]?.AsArray().Any(entry => NameOf(entry!) == resource) == true):
                return "Cannot delete, found existing JobQueue relationship";
            case "updatejobqueue" or "updatecomputeenvironment":
                updating[resource] = Looks;
                return null;
            case "deletejobqueue" or "deletecomputeenvironment":
                deleting[resource] = Looks;
                return null;
            default:
                return null;
        }
    }

    private string? Edit(RecordedCall call, string answer)
    {
        var (member, kind) = call.Uri.AbsolutePath switch
        {
            "/v1/describejobqueues" => ("jobQueues", "jobQueue"),
            "/v1/describecomputeenvironments" => ("computeEnvironments", "computeEnvironment"),
            _ => ("", ""),
        };
        if (member.Length == 0)
        {
            return null;
        }

        var asked = JsonNode.Parse(call.Body)?[member]?.AsArray().Select(name => $"{kind} {name}").ToList();
        var body = JsonNode.Parse(answer)!.AsObject();
        lock (gate)
        {
            foreach (var found in body[member]!.AsArray())
            {
                var resource = $"{kind} {found![$"{kind}Name"]}";
                seen[resource] = found.DeepClone().AsObject();
                found["status"] = Left(updating, resource) ? "UPDATING" : Invalid.Contains((string)found[$"{kind}Name"]!) ? "INVALID" : (string?)found["status"];
            }

            foreach (var resource in deleting.Keys.Where(key => key.StartsWith(kind + " ", StringComparison.Ordinal) && asked?.Contains(key) != false).ToList())
            {
                if (Left(deleting, resource))
                {
                    var going = seen[resource].DeepClone();
                    (going["status"], going["state"]) = ("DELETING", "DISABLED");
                    body[member]!.AsArray().Add(going);
                }
            }
        }

        return body.ToJsonString();
    }

    private static bool Left(Dictionary<string, int> looks, string resource)
    {
        if (!looks.TryGetValue(resource, out var left))
        {
            return false;
        }

        looks[resource] = left - 1;
        if (left == 1)
        {
            looks.Remove(resource);
        }

        return true;
    }

    private static string? Resource(RecordedCall call)
    {
        var body = call.Body.Length == 0 ? null : JsonNode.Parse(call.Body);
        return new[] { "jobQueue", "computeEnvironment" }.Where(kind => call.Uri.AbsolutePath.EndsWith(kind, StringComparison.OrdinalIgnoreCase))
            .Select(kind => $"{kind} {((string?)(body?[kind] ?? body?[$"{kind}Name"]))?.Split('/')[^1]}").FirstOrDefault();
    }

    private static string NameOf(JsonNode entry) => $"computeEnvironment {((string)entry["computeEnvironment"]!).Split('/')[^1]}";
}
