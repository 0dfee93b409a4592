using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Http;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Ecr;

/// <summary>ECR's own calls, as far as repositories and their images go: JSON 1.1, the operation in X-Amz-Target. Images come and go by <see cref="RegistryApi"/>.</summary>
internal sealed partial class EcrApi(EngineContext context, LayerFiles layers)
{
    public const string TargetPrefix = "AmazonEC2ContainerRegistry_V20150921.";

    private const int MostTags = 50;

    /// <summary>How long a login may be used, as ECR says it. Source: docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html</summary>
    private static readonly TimeSpan LoginTime = TimeSpan.FromHours(12);

    private string Account => context.Settings.Account;

    public async Task Handle(HttpContext http)
    {
        var target = http.Request.Headers["X-Amz-Target"].ToString();
        var input = await JsonInput.Read(http);
        var answer = await Answer(target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : target, input, http.RequestAborted);
        await JsonOutput.Write(http, StatusCodes.Status200OK, answer, JsonOutput.Json11);
    }

    /// <summary>Removes layers that no image refers to: of repositories that are gone, of pushes that were broken off.</summary>
    public void Sweep() => layers.Sweep(context.Database.Read(ImageStore.Manifests), context.Settings.Clock.GetUtcNow().UtcDateTime);

    private async Task<JsonObject> Answer(string operation, JsonInput input, CancellationToken cancellation) => operation switch
    {
        "CreateRepository" => await Create(input, cancellation),
        "DescribeRepositories" => Describe(input),
        "DeleteRepository" => await Delete(input, cancellation),
        "ListTagsForResource" => new() { ["tags"] = Tags(context.Database.Read(db => Found(db, OfArn(input)))) },
        "TagResource" => await Tag(input, cancellation),
        "GetAuthorizationToken" => Login(),
        "DescribeImages" => Images(input),
        "ListImages" => ImageIds(input),
        "BatchDeleteImage" => await Remove(input, cancellation),
        _ => throw new ApiException(400, "UnknownOperationException", $"The local engine has no ECR operation '{operation}'."),
    };

    private async Task<JsonObject> Create(JsonInput input, CancellationToken cancellation)
    {
        var repository = new RepositoryRecord(Name(input), context.Settings.Clock.GetUtcNow().ToUnixTimeSeconds(), Given(input));
        await context.Database.Write(
            db =>
            {
                if (ImageStore.Find(db, repository.Name) is not null)
                {
                    throw EcrFault.Exists(repository.Name, Account);
                }

                ImageStore.Put(db, repository);
            },
            cancellation);
        return new() { ["repository"] = Json(repository) };
    }

    private JsonObject Describe(JsonInput input) => context.Database.Read(db =>
    {
        var found = input.Texts("repositoryNames") is { Count: > 0 } names ? names.Select(name => Found(db, name)) : ImageStore.List(db);
        return new JsonObject { ["repositories"] = JsonOutput.List(found.Select(Json)) };
    });

    private async Task<JsonObject> Delete(JsonInput input, CancellationToken cancellation)
    {
        var (name, force) = (Name(input), input.Flag("force") == true);
        RepositoryRecord? gone = null;
        await context.Database.Write(
            db =>
            {
                gone = Found(db, name);
                if (!force && ImageStore.Images(db, name).Count > 0)
                {
                    throw EcrFault.NotEmpty(name, Account);
                }

                ImageStore.Delete(db, name);
            },
            cancellation);
        Sweep();
        return new() { ["repository"] = Json(gone!) };
    }

    private async Task<JsonObject> Tag(JsonInput input, CancellationToken cancellation)
    {
        var (name, given) = (OfArn(input), Given(input));
        await context.Database.Write(
            db =>
            {
                var repository = Found(db, name);
                ImageStore.Put(db, repository with { Tags = repository.Tags.Where(tag => !given.ContainsKey(tag.Key)).Concat(given).ToDictionary() });
            },
            cancellation);
        return [];
    }

    private JsonObject Login() => new()
    {
        ["authorizationData"] = JsonOutput.List(
        [
            new JsonObject
            {
                ["authorizationToken"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(RegistryApi.Login(context.Credentials))),
                ["expiresAt"] = (context.Settings.Clock.GetUtcNow() + LoginTime).ToUnixTimeSeconds(),
                ["proxyEndpoint"] = context.Endpoint.GetLeftPart(UriPartial.Authority),
            },
        ]),
    };

    private JsonObject Images(JsonInput input)
    {
        var name = Name(input);
        return context.Database.Read(db =>
        {
            Found(db, name);
            var wanted = input.Objects("imageIds");
            var images = wanted is { Count: > 0 } ? wanted.Select(id => Found(db, name, id)).Distinct() : ImageStore.Images(db, name);
            return new JsonObject { ["imageDetails"] = JsonOutput.List(images.Select(image => Json(db, name, image))) };
        });
    }

    private JsonObject ImageIds(JsonInput input)
    {
        var name = Name(input);
        return context.Database.Read(db =>
        {
            Found(db, name);
            var ids = ImageStore.Images(db, name).SelectMany(image => ImageStore.Tags(db, name, image.Digest) is { Count: > 0 } tags
                ? tags.Select(tag => new JsonObject { ["imageDigest"] = image.Digest, ["imageTag"] = tag })
                : [new JsonObject { ["imageDigest"] = image.Digest }]);
            return new JsonObject { ["imageIds"] = JsonOutput.List(ids) };
        });
    }

    private async Task<JsonObject> Remove(JsonInput input, CancellationToken cancellation)
    {
        var (name, ids) = (Name(input), input.Objects("imageIds") ?? throw EcrFault.Invalid("'imageIds' failed to satisfy constraint: 'Member must not be null'"));
        List<JsonNode> removed = [], failed = [];
        await context.Database.Write(
            db =>
            {
                Found(db, name);
                foreach (var id in ids)
                {
                    var (tag, digest) = (id.Text("imageTag"), id.Text("imageDigest"));
                    if (ImageStore.Image(db, name, digest ?? tag ?? "") is not { } image)
                    {
                        failed.Add(new JsonObject { ["imageId"] = Id(digest, tag), ["failureCode"] = "ImageNotFound", ["failureReason"] = "Requested image not found" });
                        continue;
                    }

                    if (tag is not null)
                    {
                        ImageStore.RemoveTag(db, name, tag);
                    }

                    // An image goes with its last tag, or when it is named itself.
                    if (tag is null || ImageStore.Tags(db, name, image.Digest).Count == 0)
                    {
                        ImageStore.RemoveImage(db, name, image.Digest);
                    }

                    removed.Add(Id(image.Digest, tag));
                }
            },
            cancellation);
        Sweep();
        return new() { ["imageIds"] = JsonOutput.List(removed), ["failures"] = JsonOutput.List(failed) };
    }

    private static JsonObject Id(string? digest, string? tag) => JsonOutput.WithoutNulls(new() { ["imageDigest"] = digest, ["imageTag"] = tag });

    private static string Name(JsonInput input) => input.Text("repositoryName") is { Length: >= 2 and <= 256 } name && NameText().IsMatch(name)
        ? name
        : throw EcrFault.Invalid($"'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '{NameText()}''");

    private string OfArn(JsonInput input)
    {
        var (arn, prefix) = (input.Text("resourceArn") ?? "", Arn(""));
        return arn.StartsWith(prefix, StringComparison.Ordinal) ? arn[prefix.Length..] : throw EcrFault.Invalid($"'resourceArn' failed to satisfy constraint: 'Invalid ARN {arn}'");
    }

    private static Dictionary<string, string> Given(JsonInput input)
    {
        var tags = (input.Objects("tags") ?? []).GroupBy(tag => tag.Text("Key") ?? "").ToDictionary(tag => tag.Key, tag => tag.Last().Text("Value") ?? "");
        return tags.Count <= MostTags ? tags : throw new ApiException(400, "TooManyTagsException", $"A repository has at most {MostTags} tags.");
    }

    private RepositoryRecord Found(SqliteConnection db, string name) => ImageStore.Find(db, name) ?? throw EcrFault.NoRepository(name, Account);

    private ImageRecord Found(SqliteConnection db, string repository, JsonInput id)
    {
        var reference = id.Text("imageDigest") ?? id.Text("imageTag") ?? "";
        return ImageStore.Image(db, repository, reference)
            ?? throw EcrFault.NoImage(repository, $"{(id.Has("imageDigest") ? "imageDigest" : "imageTag")}:'{reference}'", Account);
    }

    private string Arn(string name) => $"arn:aws:ecr:{context.Settings.Region}:{Account}:repository/{name}";

    private static JsonArray Tags(RepositoryRecord repository) =>
        JsonOutput.List(repository.Tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value }));

    private JsonObject Json(RepositoryRecord repository) => new()
    {
        ["repositoryArn"] = Arn(repository.Name),
        ["registryId"] = Account,
        ["repositoryName"] = repository.Name,
        ["repositoryUri"] = $"{context.Endpoint.Authority}/{repository.Name}",
        ["createdAt"] = repository.Created,
        ["imageTagMutability"] = "MUTABLE",
    };

    private JsonObject Json(SqliteConnection db, string repository, ImageRecord image) => new()
    {
        ["registryId"] = Account,
        ["repositoryName"] = repository,
        ["imageDigest"] = image.Digest,
        ["imageTags"] = JsonOutput.Texts(ImageStore.Tags(db, repository, image.Digest)),
        ["imageSizeInBytes"] = LayerFiles.References(image.Manifest).Sum(digest => layers.Find(digest) is { } file ? new FileInfo(file).Length : 0),
        ["imagePushedAt"] = image.Pushed,
        ["imageManifestMediaType"] = image.MediaType,
    };

    [GeneratedRegex(@"^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameText();
}
