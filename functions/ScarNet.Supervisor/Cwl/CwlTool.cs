using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.Core;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Cwl;

/// <summary>cwltool, the reference implementation of CWL, as a process.</summary>
/// <param name="directory">Where it starts, and keeps what it needs on the way.</param>
internal sealed class CwlTool(string directory)
{
    private const string Program = "cwltool";
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>A tool with all that it refers to, as one JSON object.</summary>
    /// <exception cref="ScarException">It is no CWL.</exception>
    public async Task<JsonObject> Pack(string tool, CancellationToken stop)
    {
        var (exitCode, output) = await Run(["--quiet", "--pack", tool], stop);
        return exitCode == 0 && Parse(output) is { } packed
            ? packed
            : throw new ScarException($"cwltool does not take '{tool}' (exit code {exitCode})", "what it says stands above");
    }

    /// <summary>Runs a tool.</summary>
    /// <param name="tool">Its file.</param>
    /// <param name="job">Its input object, a file.</param>
    /// <param name="results">Directory for what comes out.</param>
    /// <param name="stop">Ends it, and the containers that it started.</param>
    /// <returns>Its exit code, and the output object; null when it failed.</returns>
    public async Task<(int ExitCode, JsonObject? Outputs)> Execute(string tool, string job, string results, CancellationToken stop)
    {
        var (exitCode, output) = await Run(["--outdir", results, "--tmpdir-prefix", directory + "/tmp-", "--tmp-outdir-prefix", directory + "/out-", tool, job], stop);
        return (exitCode, exitCode == 0 ? Parse(output) : null);
    }

    private async Task<(int ExitCode, string Output)> Run(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = directory };
        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            _ = Posix.Libc.Kill(process.Id, Posix.Libc.SigTerm); // it ends its containers then
            using var limit = new CancellationTokenSource(Grace);
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }

            throw;
        }

        return (process.ExitCode, await output);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new ScarException($"'{Program}' is not here: {e.Message}", "apt-get install cwltool, or pip install cwltool");
        }
    }

    private static JsonObject? Parse(string output)
    {
        try
        {
            return JsonNode.Parse(output) as JsonObject;
        }
        catch (JsonException e)
        {
            throw new RunFailure(ExitCodes.OutputMissing, $"cwltool's answer is no JSON: {e.Message}", e);
        }
    }
}
