using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using ScarNet.Local;
using ScarNet.Local.Access;
using ScarNet.Local.CloudFormation;
using ScarNet.Local.Events;
using ScarNet.Local.Http;
using ScarNet.Local.Http.Signing;
using ScarNet.Local.Iam;
using ScarNet.Local.Logs;
using ScarNet.Local.S3;
using ScarNet.Local.Sns;
using ScarNet.Local.Sqs;
using ScarNet.Local.Storage;
using ScarNet.Tests.Messaging;

namespace ScarNet.Tests.Foundation;

/// <summary>CloudFormation and services that its resources are of, on one database, without a web server.</summary>
internal sealed class StackParts : IAsyncDisposable
{
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(30);

    private readonly EngineParts parts = new();
    private readonly DirectoryInfo files = Directory.CreateTempSubdirectory("scarnet-test-");
    private readonly DataDirectory directory;
    private readonly EngineContext context;
    private readonly S3Service s3;
    private readonly Dictionary<string, ServiceEntry> services = [];
    private CancellationTokenSource stop = new();
    private CloudFormationApi api;

    public StackParts()
    {
        var settings = new EngineSettings { DataDirectory = files.FullName, Region = EngineParts.Region, Account = EngineParts.Account, Clock = parts.Clock };
        directory = DataDirectory.Take(files.FullName);
        Database.Write(db => db.Run(CloudFormationApi.Schema + IamApi.Schema + LogsApi.Schema + S3Service.Schema), Cancellation).GetAwaiter().GetResult();
        var credentials = new EngineCredentials("SCARNETTEST", "secret");
        context = new()
        {
            Settings = settings,
            Directory = directory,
            Database = Database,
            Endpoint = EngineParts.Endpoint,
            Credentials = credentials,
            Roles = new(Database, credentials, settings),
            RequestStop = () => { },
        };
        s3 = new(context, parts.Bus, parts.Destinations, (_, _) => true);
        Serve("s3", Protocol.S3, s3.Handle);
        Serve("iam", Protocol.Query, new IamApi(Database, settings.Account, parts.Clock, context.Roles.Changed).Handle);
        Serve("logs", Protocol.Json, new LogsApi(Database, settings.Region, settings.Account, parts.Clock).Handle);
        Serve("sqs", Protocol.Query, new SqsApi(Database, parts.Queues, new(), settings.Account, parts.Clock).Handle);
        Serve("sns", Protocol.Query, new SnsApi(Database, parts.Topics, parts.Destinations, EngineParts.Endpoint, settings.Account, parts.Clock).Handle);
        Serve("events", Protocol.Json, new EventsApi(Database, parts.Bus, parts.Destinations, parts.Clock).Handle);
        Calls = new(scope => services[scope], new(context), settings);
        (api, Loop) = Start();
    }

    public Database Database => parts.Database;

    /// <summary>The services, with all rights.</summary>
    public EngineCalls Calls { get; }

    /// <summary>What CloudFormation does in the background.</summary>
    public Task Loop { get; private set; }

    /// <summary>Called before a call of CloudFormation's own comes to its service: with the service and what the call says.</summary>
    public Func<string, string, CancellationToken, Task> Before { get; set; } = (_, _, _) => Task.CompletedTask;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>One call of CloudFormation.</summary>
    public Task<XElement> Call(string action, params (string Name, string Value)[] members) => CallAs(null, action, members);

    /// <summary>One call of CloudFormation, signed with a role's keys.</summary>
    public async Task<XElement> CallAs(RoleSession? role, string action, params (string Name, string Value)[] members)
    {
        var form = string.Join('&', members.Prepend(("Action", action)).Select(m => $"{m.Item1}={Uri.EscapeDataString(m.Item2)}"));
        var request = new DefaultHttpContext { RequestAborted = Cancellation };
        var answer = new MemoryStream();
        request.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(form));
        request.Response.Body = answer;
        request.Features.Set(new SignedRequest("", new CredentialScope("00000000", EngineParts.Region, "cloudformation"), "", "", [], "", role));
        await api.Handle(request);
        return XElement.Parse(Encoding.UTF8.GetString(answer.ToArray()));
    }

    /// <summary>Makes a change set.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> Prepare(string stack, string template, RoleSession? role = null)
    {
        var isNew = Find(stack) is null;
        var made = await CallAs(
            role,
            "CreateChangeSet",
            ("StackName", stack),
            ("ChangeSetName", $"c{Guid.NewGuid():N}"),
            ("ChangeSetType", isNew ? "CREATE" : "UPDATE"),
            ("TemplateBody", template),
            ("Capabilities.member.1", "CAPABILITY_NAMED_IAM"));
        return made.Descendants().Single(e => e.Name.LocalName == "Id").Value;
    }

    /// <summary>Makes and executes a change set, and waits for its end.</summary>
    public async Task<StackRecord> Deploy(string stack, string template, RoleSession? role = null)
    {
        await CallAs(role, "ExecuteChangeSet", ("ChangeSetName", await Prepare(stack, template, role)));
        return await Ended(stack);
    }

    public async Task<StackRecord> Delete(string stack)
    {
        var id = Find(stack)!.Id;
        await Call("DeleteStack", ("StackName", stack));
        return await Ended(id);
    }

    public async Task<StackRecord> Ended(string stack)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        deadline.CancelAfter(longest);
        while (Find(stack) is { IsBusy: true })
        {
            Assert.False(Loop.IsCompleted, $"the loop has ended: {Loop.Exception}");
            await Task.Delay(5, deadline.Token);
        }

        return Find(stack)!;
    }

    public StackRecord? Find(string stack) => Database.Read(db => new StackRows(db).Find(stack));

    public ChangeSetRecord ChangeSet(string id) => Database.Read(db => new StackRows(db).ChangeSet(id, null));

    public IReadOnlyList<StackEvent> Events(string stackId) => Database.Read(db => new StackRows(db).Events(stackId));

    /// <summary>A session of a role that may do what the statements say.</summary>
    public async Task<RoleSession> Role(string name, params string[] actions)
    {
        var trust = """{"Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}""";
        var policy = $$"""{"Statement":{"Effect":"Allow","Action":[{{string.Join(',', actions.Select(a => $"\"{a}\""))}}],"Resource":"*"} }""";
        await Calls.Query("iam", "CreateRole", [("RoleName", name), ("AssumeRolePolicyDocument", trust)], Cancellation);
        await Calls.Query("iam", "PutRolePolicy", [("RoleName", name), ("PolicyName", "p"), ("PolicyDocument", policy)], Cancellation);
        return context.Roles.Work(context.Roles.Place.Role("/", name), "lambda.amazonaws.com", "test")!;
    }

    /// <summary>As if the engine were started again on what it has kept.</summary>
    public async Task Restart()
    {
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Loop);
        stop.Dispose();
        stop = new();
        (api, Loop) = Start();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAny(Loop);
        stop.Dispose();
        s3.Dispose();
        await parts.DisposeAsync();
        directory.Dispose();
        files.Delete(recursive: true);
    }

    private (CloudFormationApi Api, Task Loop) Start()
    {
        var made = new CloudFormationApi(context, scope => services[scope] with { Handle = request => Watched(scope, request) });
        return (made, Task.Run(() => made.Run(stop.Token), CancellationToken.None));
    }

    private async Task Watched(string service, HttpContext request)
    {
        await Before(service, Encoding.UTF8.GetString(RequestBody.Bytes(request)), request.RequestAborted);
        await services[service].Handle(request);
    }

    private void Serve(string scope, Protocol protocol, RequestDelegate handle) => services[scope] = new(scope, protocol, handle);
}
