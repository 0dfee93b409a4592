using ScarNet.Aws.Lambda.Model;

namespace ScarNet.Cli.Deploy;

/// <summary>What is there of a function in Lambda.</summary>
/// <param name="Function">Itself: $LATEST, tags and concurrency. Null when there is none.</param>
/// <param name="Live">The version that alias <c>live</c> stands for; null when there is no alias.</param>
/// <param name="Statements">Ours in the alias's policy.</param>
/// <param name="Retries">The alias's.</param>
/// <param name="Former">Ours in the policy of the function itself; read only of one that has not left that behind.</param>
internal sealed record SeenFunction(
    GetFunctionResponse? Function,
    FunctionConfiguration? Live,
    FunctionStatements Statements,
    EventInvokeConfig? Retries,
    FunctionStatements Former)
{
    /// <summary>
    /// Whether it is on its way from one to the other. What it gets then stays also when the run fails: S3 may call the alias already, and
    /// what it called before is still there.
    /// </summary>
    public bool IsMoving => IsCalledItself || Moved is not null;

    /// <summary>Since when S3 calls the alias and not the function itself; null when it always did.</summary>
    public DateTimeOffset? Moved => Function?.Tags?.GetValueOrDefault(Tags.Moved) is { } text && DateTimeOffset.TryParse(text, null, out var moved) ? moved : null;

    /// <summary>Whether it was made before functions had an alias, and something may call it: not when an <c>init</c> ended before the alias was made.</summary>
    public bool IsCalledItself => HasNoAlias && !Former.IsEmpty;

    private bool HasNoAlias => Function is not null && Live is null;

    public static async Task<SeenFunction> Read(Target target, string name, CancellationToken cancellation)
    {
        if (await new LambdaFunctions(target).Find(name, cancellation) is not { } function)
        {
            return new(null, null, FunctionStatements.None, null, FunctionStatements.None);
        }

        var live = new LiveAliases(target).Find(name, cancellation);
        var statements = new Permissions(target).Find(name, Names.Live, cancellation);
        var retries = new EventInvokeConfigs(target).Find(name, cancellation);
        var seen = new SeenFunction(function, await live, await statements, await retries, FunctionStatements.None);
        return seen.HasNoAlias || seen.Moved is not null
            ? seen with { Former = await new Permissions(target).Find(name, null, cancellation) }
            : seen;
    }
}
