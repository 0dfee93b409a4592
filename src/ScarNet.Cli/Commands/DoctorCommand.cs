using System.Runtime.CompilerServices;
using Amazon.SecurityToken.Model;
using ScarNet.Aws;
using ScarNet.Cli.Deploy;
using ScarNet.Cli.Health;
using ScarNet.Cli.Output;
using ScarNet.Core;

namespace ScarNet.Cli.Commands;

internal static class DoctorCommand
{
    /// <summary>For one look; those at the account may take several calls.</summary>
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(10);

    public static DocumentedCommand Create() => new DocumentedCommand(
        "doctor",
        "check this machine and the account, and say what mends each problem; exit 1 when there is one",
        "[options]",
        "scarnet doctor",
        "scarnet doctor --local",
        "scarnet doctor --profile work --output json").Does((_, session, cancellation) => Run(session, cancellation));

    private static async Task<int> Run(Session session, CancellationToken cancellation)
    {
        var examination = new Examination(session.Clock, limit);
        var machine = examination.Run(new MachineLooks(session.DataDirectory, session.Clock).All, cancellation);
        var account = session.Options.Local ? [] : await Account(session, examination, cancellation);
        var answer = DoctorAnswer.Of([.. account, .. await machine]);
        session.Terminal.Answer(session.Options.Json, answer, AnswerJson.Shapes.DoctorAnswer, DoctorText.Of);
        return answer.Healthy ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>Who calls comes first: without that nothing else can be asked.</summary>
    private static async Task<IReadOnlyList<Finding>> Account(Session session, Examination examination, CancellationToken cancellation)
    {
        var profile = session.Options.Profile ?? Environment.GetEnvironmentVariable("AWS_PROFILE");
        profile = profile is "" ? null : profile;
        AwsClients clients;
        try
        {
            clients = new AwsClients(new AwsSettings { Profile = session.Options.Profile, Region = session.Options.Region });
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
        return account.Value is not { } id
            ? first
            : [.. first, .. await examination.Run(new AccountLooks(new Target(clients, id, clients.Region), MachineLooks.SupervisorPath()).All, cancellation)];
    }
}
