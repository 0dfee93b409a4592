using System.Globalization;
using System.Text;
using System.Text.Json;
using ScarNet.Core;
using ScarNet.Core.Events;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor.Stages;

/// <summary>Puts what a run works on into its workspace.</summary>
internal sealed class InputStage(Download download, FurtherInputs further, DeployedFiles deployed, References references, JobSpec spec)
{
    /// <returns>What is there now.</returns>
    /// <exception cref="SupersededException">The object is gone or was replaced.</exception>
    /// <exception cref="RunFailure">It cannot be had, does not fit, or has come too far.</exception>
    public async Task<Staged> Run(Work work, Workspace place, CancellationToken cancellation)
    {
        var file = work.Source is null ? DataFile(work, place) : ObjectFile(work.Source, place);
        var resolved = await further.Resolve(work, place, file, cancellation);
        await deployed.Run(place, cancellation);
        var head = work.Source is null ? null : await download.Fetch(work.Source, file!, found => Accept(found, work, place), cancellation);
        if (work.Source is null && file is not null)
        {
            await File.WriteAllTextAsync(file, work.Raw, new UTF8Encoding(false), cancellation);
        }

        var (paths, read) = await further.Fetch([.. resolved.Take(spec.Inputs.Count)], place, cancellation);
        var (referencePaths, referencesRead, held) = await references.Bring([.. resolved.Skip(spec.Inputs.Count)], place, cancellation);
        return new(file, head) { Inputs = paths, References = referencePaths, Read = [.. read, .. referencesRead], Held = held };
    }

    private static string ObjectFile(ObjectEvent source, Workspace place)
    {
        try
        {
            return place.InputFile(source.Object.Key);
        }
        catch (ScarException e)
        {
            throw new RunFailure(ExitCodes.InputMissing, e.Message, e);
        }
    }

    private void Accept(SourceHead head, Work work, Workspace place)
    {
        if (ObjectMetadata.HopProblem(head.Hops, spec.MaxHops) is { } problem)
        {
            throw new RunFailure(ExitCodes.InputMissing, problem);
        }

        var free = Disks.FreeBytes(place.Input);
        var factor = spec.DiskFactor ?? 1;
        if (!Supervision.Fits(head.Size, free, factor))
        {
            var wanted = factor == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", of which 'disk_factor' wants {factor} times as many");
            throw new RunFailure(
                ExitCodes.DiskFull, $"'{work.Source!.Object}' has {head.Size} bytes{wanted}, and the disk under '{place.Input}' only {free} free");
        }
    }

    private static string? DataFile(Work work, Workspace place) =>
        work.Raw is null ? null : Path.Combine(place.Input, IsJson(work.Raw) ? "event.json" : "event");

    private static bool IsJson(string data)
    {
        try
        {
            using var document = JsonDocument.Parse(data);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
