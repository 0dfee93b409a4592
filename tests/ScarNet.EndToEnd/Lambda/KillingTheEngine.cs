using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using ScarNet.Aws.Lambda;
using ScarNet.Aws.Lambda.Model;
using ScarNet.Aws.Status;
using ScarNet.EndToEnd.Support;
using ScarNet.Local;
using ScarNet.Local.Processes;

namespace ScarNet.EndToEnd.Lambda;

/// <summary>kill -9 of the engine's process while it works through asynchronous invocations.</summary>
public sealed class KillingTheEngine : IDisposable
{
    private const int Events = 40;

    private readonly TemporaryDirectory directory = new();
    private Process? engine;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => directory.Under("data");

    [Fact]
    public async Task LosesNoEventKeepsRequestIdsAndLeavesNoProcess()
    {
        var file = directory.Under("handled");
        await StartEngine();
        await Create($"sleep 0.05; echo \"$ID $EVENT\" >> {file}; (setsid sleep 5021 >/dev/null 2>&1 &); echo 1");
        for (var i = 0; i < Events; i++)
        {
            using var payload = new MemoryStream(Encoding.UTF8.GetBytes($"{i}"));
            await Client().InvokeAsync(new InvokeRequest { FunctionName = "killed", InvocationType = "Event", PayloadStream = payload }, Cancellation);
        }

        for (var kills = 1; kills <= 3; kills++)
        {
            await Eventually(() => File.Exists(file) && File.ReadLines(file).Count() >= kills * 5);
            engine!.Kill(entireProcessTree: false);
            await engine.WaitForExitAsync(Cancellation);
            await StartEngine();
        }

        await UntilIdle();
        await Status().Stop(Cancellation);
        await engine!.WaitForExitAsync(Cancellation);
        var handled = (await File.ReadAllLinesAsync(file, Cancellation)).Select(line => line.Split(' ')).ToList();

        Assert.Equal(Events, handled.Select(line => line[1]).Distinct().Count());
        Assert.Equal(Events, handled.Select(line => line[0]).Distinct().Count());
        Assert.InRange(handled.Count, Events, Events + (3 * 2)); // no more than what ran at each kill
        Assert.DoesNotContain(ProcessTable.Read(), p => CommandLine(p.Pid) == "sleep\05021\0");
    }

    public void Dispose()
    {
        if (engine is { HasExited: false })
        {
            engine.Kill(entireProcessTree: true);
        }

        engine?.Dispose();
        directory.Dispose();
    }

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task Eventually(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(10, deadline.Token);
        }
    }

    private async Task StartEngine()
    {
        engine?.Dispose();
        Directory.CreateDirectory(Data);
        File.Delete(Path.Join(Data, "engine.json"));
        engine = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Join(AppContext.BaseDirectory, "ScarNet.Cli.dll"), "local", "serve", "--data", Data, "--lambda-concurrency", "2"])!);
        await Eventually(() => engine!.HasExited ? throw new InvalidOperationException("the engine ended") : DataDirectory.ReadAddress(Data) is not null);
    }

    private BasicAWSCredentials Credentials()
    {
        var keys = JsonDocument.Parse(File.ReadAllText(Path.Join(Data, "credentials.json"))).RootElement;
        return new(keys.GetProperty("accessKey").GetString(), keys.GetProperty("secretKey").GetString());
    }

    private AmazonLambdaClient Client() => new(Credentials(), new AmazonLambdaConfig { ServiceURL = DataDirectory.ReadAddress(Data)!.Endpoint });

    private StatusClient Status() => new(Credentials(), new StatusConfig { ServiceURL = DataDirectory.ReadAddress(Data)!.Endpoint });

    private async Task Create(string handler)
    {
        using var zip = new MemoryStream(BashFunctions.Zip(("bootstrap", BashFunctions.Bootstrap(handler))));
        await Client().CreateFunctionAsync(
            new CreateFunctionRequest
            {
                FunctionName = "killed",
                Runtime = "provided.al2023",
                Handler = "none",
                Role = BashFunctions.Role,
                Code = new FunctionCode { ZipFile = zip },
                Timeout = 30,
            },
            Cancellation);
    }

    private async Task UntilIdle()
    {
        var status = await Status().Get(Cancellation);
        for (var i = 0; status.Pending + status.Running > 0; i++)
        {
            Assert.True(i < 1000, "the engine does not come to rest");
            status = await Status().Wait(status, TimeSpan.FromSeconds(5), Cancellation);
        }
    }
}
