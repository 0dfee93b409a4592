using System.Runtime.CompilerServices;
using Amazon.SecurityToken.Model;
using ScarNet.Aws;
using ScarNet.Cli.Deploy;
using ScarNet.Cli.Deployed;
using ScarNet.Cli.Health;
using ScarNet.Cli.Output;
using ScarNet.Core;

namespace ScarNet.Cli.Commands;

internal static class DoctorCommand
{
    /// <summary>For one look; those at the account may take several calls.</summary>
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(10);

    /// <summary>For one at every function of the account: Lambda answers some calls a second, and hundreds of functions take two each.</summary>
    private static readonly TimeSpan longer = TimeSpan.FromMinutes(2);

    public static DocumentedCommand Create()
    {
        var stack = BootstrapCommand.StackOption("name of the foundation's CloudFormation stack");
        var command = new DocumentedCommand(
            "doctor",
            "check this machine and the account, and say what mends each problem; exit 1 when there is one",
            "[options]",
            "scarnet doctor",
            "scarnet doctor --local",
            "scarnet doctor --profile work --output json");
        command.AddAll([stack]);
        return command.Does((parse, session, cancellation) => Run(session, parse.GetRequiredValue(stack), cancellation));
    }

    private static async Task<int> Run(Session session, string stack, CancellationToken cancellation)
    {
        var examination = new Examination(session.Clock, limit, longer);
        var machine = examination.Run(new MachineLooks(session.DataDirectory, session.Clock).All, cancellation);
        var account = session.Options.Local ? [] : await Account(session, stack, examination, cancellation);
        var answer = DoctorAnswer.Of([.. account, .. await machine]);
        session.Terminal.Answer(session.Options.Json, answer, AnswerJson.Shapes.DoctorAnswer, DoctorText.Of);
        return answer.Healthy ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>Who calls comes first: without that nothing else can be asked.</summary>
    private static async Task<IReadOnlyList<Finding>> Account(Session session, string stack, Examination examination, CancellationToken cancellation)
    {
        var profile = session.Options.Profile ?? Environment.GetEnvironmentVariable("AWS_PROFILE");
        profile = profile is "" ? null : profile;
        AwsClients clients;
        try
        {
            clients = new AwsClients(new AwsSettings { Profile = session.Options.Profile, Region = session.Options.Region, MakesManyCalls = true });
        }
        catch (ScarException e)
        {
            return [e.Message.StartsWith("no AWS region", StringComparison.Ordinal) ? AccountVerdicts.Region(null) : AccountVerdicts.Credentials(e, profile)];
        }

        using var end = clients;
        var account = new StrongBox<string>();
        var first = await examination.Run(
            [
                ("credentials", async ct =>
                {
                    try
                    {
                        var caller = await clients.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), ct);
                        account.Value = caller.Account;
                        return [Finding.Ok("credentials", $"{caller.Arn} of account {caller.Account}")];
                    }
                    catch (Exception e) when (!ct.IsCancellationRequested)
                    {
                        return [AccountVerdicts.Credentials(e, profile)];
                    }
                }),
                ("region", _ => Task.FromResult<IReadOnlyList<Finding>>([AccountVerdicts.Region(clients.Region)])),
                ("clock", ct => AccountLooks.Clock(clients.Region, session.Clock, ct)),
            ],
            cancellation);
        if (account.Value is not { } id)
        {
            return first;
        }

        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var functions = new DeployedFunctions(clients).All(reading.Token);
        try
        {
            var looks = new AccountLooks(new Target(clients, id, clients.Region), MachineLooks.SupervisorPath(), stack, functions);
            return [.. first, .. await examination.Run(looks.All, cancellation)];
        }
        finally
        {
            // What has not been read by now nobody waits for.
            await reading.CancelAsync();
            await functions.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
