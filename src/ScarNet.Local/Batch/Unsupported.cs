using System.Text.Json.Nodes;

namespace ScarNet.Local.Batch;

/// <summary>What AWS Batch has and this engine does not: refused, so that nobody waits for it.</summary>
internal static class Unsupported
{
    public static void Check(JsonObject body, params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
        {
            if (body[member] is not null)
            {
                throw BatchFault.Client($"the local engine does not run {member}: it runs jobs of one container");
            }
        }
    }
}
