using ScarNet.Aws;
using ScarNet.Cli.Local;

namespace ScarNet.Cli.Commands;

/// <summary>The cloud a command talks to: AWS, whatever endpoint is configured, or the engine of a directory.</summary>
internal static class Cloud
{
    /// <summary>What a program needs in its environment, besides this one's own, to talk to that cloud.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Variables(Session session, CancellationToken cancellation)
    {
        var options = session.Options;
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (options.Local)
        {
            var (access, _) = await new EngineProcess(session.DataDirectory, session.Clock).Ensure(new EngineOptions(), options.Region, cancellation);
            variables = access.Variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
            variables["AWS_SESSION_TOKEN"] = ""; // a token of other keys
        }
        else if (options.Region is { } region)
        {
            variables["AWS_REGION"] = region;
        }

        if (!options.Local && options.Profile is { } profile)
        {
            variables["AWS_PROFILE"] = profile;
        }

        return variables;
    }

    /// <summary>With <c>--local</c> the engine is started when it is not running.</summary>
    /// <param name="session">Where to.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="manyCalls">See <see cref="AwsSettings.MakesManyCalls"/>: for what looks at every function of a file.</param>
    public static async Task<AwsClients> Connect(Session session, CancellationToken cancellation, bool manyCalls = false)
    {
        var options = session.Options;
        if (!options.Local)
        {
            return new AwsClients(new AwsSettings { Profile = options.Profile, Region = options.Region, MakesManyCalls = manyCalls });
        }

        var engine = new EngineProcess(session.DataDirectory, session.Clock);
        var (access, started) = await engine.Ensure(new EngineOptions(), options.Region, cancellation);
        if (started)
        {
            session.Terminal.Say($"scarnet: started the engine at {access.Endpoint} ({session.DataDirectory}); 'scarnet local stop' ends it");
        }

        return new AwsClients(access.AwsSettings);
    }
}
