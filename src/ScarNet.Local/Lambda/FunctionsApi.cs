using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Access;
using ScarNet.Local.Containers;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Lambda;

/// <summary>The operations that make, show, change and delete functions.</summary>
internal sealed class FunctionsApi(
    FunctionStore store, CodeStore code, SandboxPool pool, AsyncQueue queue, ObjectReader objects, EngineContext context)
{
    public async Task Create(HttpContext http)
    {
        var input = await JsonInput.Read(http);
        var name = FunctionName.Check(FunctionName.Parse(input.Text("FunctionName") ?? "").Name);
        var role = FunctionRules.Role(input.Text("Role"));
        CheckTrust(role);
        if (store.Find(name) is not null)
        {
            throw LambdaFault.Exists($"Function already exist: {name}");
        }

        var image = input.Text("PackageType") == "Image";
        var now = context.Settings.Clock.GetUtcNow();
        var function = await WithCode(
            new FunctionRecord
            {
                Name = name,
                Arn = FunctionName.Arn(context.Settings.Region, context.Settings.Account, name),
                Role = role,
                Handler = image ? "" : FunctionRules.Handler(input.Text("Handler")),
                Runtime = image ? "" : FunctionRules.Runtime(input.Text("Runtime")),
                Architecture = FunctionInputs.Architecture(input, "x86_64"),
                CodeSha256 = "",
                LastModified = now,
                RevisionId = Guid.NewGuid().ToString(),
                DeploymentId = "",
                Tags = FunctionRules.Tags(input.Map("Tags") ?? new Dictionary<string, string>()),
            },
            input.Object("Code") ?? throw LambdaFault.Invalid("Please provide a source for function code."),
            image,
            http.RequestAborted);
        function = FunctionInputs.Configure(function, input, now);
        CheckNetwork(function);
        function = input.Flag("Publish") == true ? FunctionVersions.Publish(function, null, now) : function;
        await store.Add(function, http.RequestAborted);
        await Answer(http, StatusCodes.Status201Created, FunctionAnswers.Configuration(Shown(function, input)));
    }

    public Task Get(HttpContext http, FunctionRecord function) => Answer(http, StatusCodes.Status200OK, JsonOutput.WithoutNulls(new JsonObject
    {
        ["Configuration"] = FunctionAnswers.Configuration(function),
        ["Code"] = function.ImageUri is { } image
            ? new JsonObject { ["RepositoryType"] = "ECR", ["ImageUri"] = image, ["ResolvedImageUri"] = image }
            : new JsonObject { ["RepositoryType"] = "S3", ["Location"] = new Uri(code.ZipFile(function.CodeSha256)).AbsoluteUri },
        ["Tags"] = function.Tags.Count == 0 ? null : JsonOutput.Map(function.Tags),
        ["Concurrency"] = function.ReservedConcurrency is { } reserved
            ? new JsonObject { ["ReservedConcurrentExecutions"] = reserved }
            : null,
    }));

    public Task GetConfiguration(HttpContext http, FunctionRecord function) =>
        Answer(http, StatusCodes.Status200OK, FunctionAnswers.Configuration(function));

    public Task List(HttpContext http, Http.QueryParameters query)
    {
        var all = query["FunctionVersion"] switch
        {
            null => store.All,
            "ALL" => store.All.SelectMany(f => f.Versions.Prepend(f)).Select(version => version with { Qualifier = version.Version }),
            var other => throw LambdaFault.Validation(other, "functionVersion", "Member must satisfy enum value set: [ALL]"),
        };
        // No name has a space: a function's versions come before the next one's.
        var page = ListPage.Of(query, all, f => $"{f.Name} {FunctionVersions.Order(f)}");
        return Answer(http, StatusCodes.Status200OK, JsonOutput.WithoutNulls(new JsonObject
        {
            ["Functions"] = JsonOutput.List(page.Items.Select(FunctionAnswers.Configuration)),
            ["NextMarker"] = page.NextMarker,
        }));
    }

    public async Task UpdateCode(HttpContext http, FunctionRecord function)
    {
        var input = await JsonInput.Read(http);
        var image = function.ImageUri is not null;
        var changed = await WithCode(function, input, image, http.RequestAborted);
        if (input.Flag("DryRun") == true)
        {
            await Answer(http, StatusCodes.Status200OK, FunctionAnswers.Configuration(changed));
            return;
        }

        var now = context.Settings.Clock.GetUtcNow();
        changed = await store.Change(
            function.Name,
            input.Text("RevisionId"),
            present =>
            {
                var updated = present with
                {
                    ImageUri = changed.ImageUri,
                    CodeSha256 = changed.CodeSha256,
                    CodeBytes = changed.CodeBytes,
                    Architecture = FunctionInputs.Architecture(input, present.Architecture),
                    LastModified = now,
                    DeploymentId = Guid.NewGuid().ToString(),
                };
                return input.Flag("Publish") == true ? FunctionVersions.Publish(updated, null, now) : updated;
            },
            http.RequestAborted);
        await pool.Retire(function.Name);
        await Answer(http, StatusCodes.Status200OK, FunctionAnswers.Configuration(Shown(changed, input)));
    }

    public async Task UpdateConfiguration(HttpContext http, FunctionRecord function)
    {
        var input = await JsonInput.Read(http);
        CheckTrust(input.Text("Role"));
        var now = context.Settings.Clock.GetUtcNow();
        var changed = await store.Change(
            function.Name,
            input.Text("RevisionId"),
            present =>
            {
                var configured = FunctionInputs.Configure(present, input, now);
                if (AccountInputs.AsksForNetwork(input))
                {
                    CheckNetwork(configured);
                }

                return configured;
            },
            http.RequestAborted);
        await pool.Retire(function.Name);
        await Answer(http, StatusCodes.Status200OK, FunctionAnswers.Configuration(changed));
    }

    public async Task Delete(HttpContext http, FunctionRecord function)
    {
        await store.Remove(function.Name, http.RequestAborted);
        await pool.Retire(function.Name);
        queue.Signal(); // its events fail now, whatever bound they waited for
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Who publishes in the same call is shown the version.</summary>
    private static FunctionRecord Shown(FunctionRecord function, JsonInput input) =>
        input.Flag("Publish") == true ? FunctionVersions.Last(function) : function;

    private static Task Answer(HttpContext http, int status, JsonObject body) => JsonOutput.Write(http, status, body, JsonOutput.Rest);

    private void CheckTrust(string? role)
    {
        if (!context.Roles.MayTake(role, LambdaActions.Service))
        {
            throw LambdaFault.Invalid("The role defined for the function cannot be assumed by Lambda.");
        }
    }

    private void CheckNetwork(FunctionRecord function)
    {
        if (AccountInputs.HasNetwork(function) && context.Roles.Lacking(function.Role, function.Name, NetworkActions.Connect(context.Roles.Place)) is { } lacking)
        {
            throw LambdaFault.Invalid($"The provided execution role does not have permissions to call {lacking.Action["ec2:".Length..]} on EC2");
        }
    }

    private async Task<FunctionRecord> WithCode(FunctionRecord function, JsonInput input, bool image, CancellationToken cancellation)
    {
        if (image)
        {
            return FunctionInputs.WithImage(
                function, input.Text("ImageUri") ?? throw LambdaFault.Invalid("ImageUri is required for functions with PackageType Image"));
        }

        var zip = input.Bytes("ZipFile") ?? await FromS3(input, cancellation);
        if (zip.Length > CodeStore.MostZipBytes && input.Has("ZipFile"))
        {
            throw LambdaFault.TooLarge(CodeStore.MostZipBytes);
        }

        return function with { CodeSha256 = code.Add(zip), CodeBytes = zip.Length };
    }

    private async Task<byte[]> FromS3(JsonInput input, CancellationToken cancellation)
    {
        if (input.Text("S3Bucket") is not { } bucket || input.Text("S3Key") is not { } key)
        {
            throw LambdaFault.Invalid("Please provide a source for function code.");
        }

        if (input.Has("S3ObjectVersion"))
        {
            throw LambdaFault.Invalid("The local engine takes the current version of the code's object: leave S3ObjectVersion out");
        }

        await using var source = await objects(bucket, key, cancellation) ?? throw LambdaFault.Invalid(
            $"Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist: s3://{bucket}/{key}");
        using var zip = new MemoryStream();
        await source.CopyToAsync(zip, cancellation);
        return zip.ToArray();
    }
}
