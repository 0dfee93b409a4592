using System.Globalization;
using System.Text;
using System.Text.Json;
using ScarNet.Core;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor.Stages;

/// <summary>Puts what a run works on into its workspace.</summary>
internal sealed class InputStage(Download download, JobSpec spec)
{
    /// <returns>What is there now.</returns>
    /// <exception cref="SupersededException">The object is gone or was replaced.</exception>
    /// <exception cref="RunFailure">It cannot be had, does not fit, or has come too far.</exception>
    public async Task<Staged> Run(Work work, Workspace place, CancellationToken cancellation)
    {
        if (work.Source is null)
        {
            return new(work.Raw is null ? null : await WriteData(work.Raw, place, cancellation), null);
        }

        string file;
        try
        {
            file = place.InputFile(work.Source.Object.Key);
        }
        catch (ScarException e)
        {
            throw new RunFailure(ExitCodes.InputMissing, e.Message, e);
        }

        var head = await download.Fetch(work.Source, file, found => Accept(found, work, place), cancellation);
        return new(file, head);
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

    private static async Task<string> WriteData(string data, Workspace place, CancellationToken cancellation)
    {
        var file = Path.Combine(place.Input, IsJson(data) ? "event.json" : "event");
        await File.WriteAllTextAsync(file, data, new UTF8Encoding(false), cancellation);
        return file;
    }

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
