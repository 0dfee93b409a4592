using System.Globalization;
using Amazon.Runtime;
using ScarNet.Aws.Lambda.Model;

namespace ScarNet.Cli.Deploy;

/// <summary>
/// Published versions of functions, and the alias <c>live</c> by which everything calls them. Its move is the one moment in which a new code
/// and all its settings begin to work, and it can be moved back.
/// </summary>
internal sealed class LiveAliases(Target target)
{
    private const string SpecPrefix = "scarnet:spec=";

    private static readonly TimeSpan longestUpdate = TimeSpan.FromSeconds(60);

    /// <returns>The version that the alias stands for; null when there is no alias, or no function.</returns>
    public async Task<FunctionConfiguration?> Find(string function, CancellationToken cancellation)
    {
        try
        {
            return await target.Clients.Lambda.GetFunctionConfigurationAsync(
                new GetFunctionConfigurationRequest { FunctionName = function, Qualifier = Names.Live }, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            return null;
        }
    }

    /// <returns>Every published version, the newest first; none of a function that is not there.</returns>
    public async Task<IReadOnlyList<FunctionConfiguration>> Versions(string function, CancellationToken cancellation)
    {
        var found = new List<FunctionConfiguration>();
        var request = new ListVersionsByFunctionRequest { FunctionName = function };
        try
        {
            do
            {
                var page = await target.Clients.Lambda.ListVersionsByFunctionAsync(request, cancellation);
                found.AddRange(page.Versions?.Where(version => NumberOf(version) > 0) ?? []);
                request.Marker = page.NextMarker;
            }
            while (!string.IsNullOrEmpty(request.Marker));
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            // It went away, or never was.
        }

        return [.. found.OrderByDescending(NumberOf)];
    }

    /// <summary>0 is $LATEST.</summary>
    public static int NumberOf(FunctionConfiguration version) =>
        int.TryParse(version.Version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>SHA-256 of the spec that a version was published with; null of one that ScarNet did not publish.</summary>
    public static string? SpecOf(FunctionConfiguration version) =>
        version.Description?.StartsWith(SpecPrefix, StringComparison.Ordinal) == true ? version.Description[SpecPrefix.Length..] : null;

    /// <summary>Makes a version of what $LATEST is now; the last one, when nothing has changed since.</summary>
    /// <param name="function">The function, which is ready.</param>
    /// <param name="spec">SHA-256 of its spec, by which the version is known.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Its number.</returns>
    public async Task<string> Publish(string function, string spec, CancellationToken cancellation)
    {
        // Another init may be at it: Lambda publishes nothing while an update is under way.
        var published = await Poll.Again(
            ct => target.Clients.Lambda.PublishVersionAsync(new PublishVersionRequest { FunctionName = function, Description = SpecPrefix + spec }, ct),
            e => e is AmazonServiceException { ErrorCode: "ResourceConflictException" },
            longestUpdate,
            cancellation);
        if (published.State is not (null or "Active"))
        {
            await new LambdaFunctions(target).Active(function, published.Version, cancellation);
        }

        return published.Version!;
    }

    /// <summary>Points the alias to a version, and back when the run fails.</summary>
    /// <param name="function">The function.</param>
    /// <param name="version">The version's number.</param>
    /// <param name="before">What the alias stands for until now; null when it is made anew.</param>
    /// <param name="run">Is told how to undo it; null when it stays.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task Point(string function, string version, string? before, StepRun? run, CancellationToken cancellation)
    {
        var isOurs = true;
        return run is null ? Write() : run.Create(Write, undo => before is not null ? Update(function, before, undo) : isOurs ? Delete(function, undo) : Task.CompletedTask);

        async Task Write()
        {
            if (before is not null)
            {
                await Update(function, version, cancellation);
            }
            else
            {
                isOurs = await Create(function, version, cancellation);
            }
        }
    }

    /// <summary>Takes a version away; one that another alias stands for stays.</summary>
    public async Task DeleteVersion(string function, string version, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Lambda.DeleteFunctionAsync(new DeleteFunctionRequest { FunctionName = function, Qualifier = version }, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode is "ResourceNotFoundException" or "ResourceConflictException")
        {
            // That is what was wanted, or somebody needs it.
        }
    }

    /// <returns>False when it was there: by another run, or by this one, whose answer was lost. That one goes with its function.</returns>
    private async Task<bool> Create(string function, string version, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Lambda.CreateAliasAsync(
                new CreateAliasRequest { FunctionName = function, Name = Names.Live, FunctionVersion = version }, cancellation);
            return true;
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ResourceConflictException")
        {
            await Update(function, version, cancellation);
            return false;
        }
    }

    // All calls go to the one version, whatever weights somebody has set.
    private async Task Update(string function, string version, CancellationToken cancellation) => await target.Clients.Lambda.UpdateAliasAsync(
        new UpdateAliasRequest { FunctionName = function, Name = Names.Live, FunctionVersion = version, RoutingConfig = new() { AdditionalVersionWeights = [] } },
        cancellation);

    private async Task Delete(string function, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Lambda.DeleteAliasAsync(new DeleteAliasRequest { FunctionName = function, Name = Names.Live }, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            // That is what was wanted.
        }
    }
}
