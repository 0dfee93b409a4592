using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ScarNet.Cli.Tes;
using ScarNet.EndToEnd.Supervisor;
using ScarNet.Local.Http;

namespace ScarNet.EndToEnd.Tasks;

/// <summary>TES over HTTP, as 'scarnet tes serve' offers it, with the native supervisor behind it.</summary>
public sealed class ServingTes(TaskFixture tasks) : IClassFixture<TaskFixture>, IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);
    private readonly HttpClient http = new();
    private KestrelHost? host;
    private TaskQueue? queue;

    public async ValueTask InitializeAsync()
    {
        host = await KestrelHost.Listen(0, TestContext.Current.CancellationToken);
        queue = new(SupervisorBinary.FullName, tasks.Environment, allowFiles: false, atOnce: 2);
        var directory = Directory.CreateDirectory(Path.Join(tasks.Files, Guid.NewGuid().ToString("N"))).FullName;
        host.Serve(new TesServer(new(directory, TimeProvider.System), queue, host.Port, DateTimeOffset.UnixEpoch, "1").Handle);
        http.BaseAddress = new($"http://127.0.0.1:{host.Port}/");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await queue!.DisposeAsync();
        await host!.DisposeAsync();
    }

    [Theory]
    [InlineData("service-info")]
    [InlineData("ga4gh/tes/v1/service-info")]
    public async Task SaysWhatItIs(string path)
    {
        var info = await Get(path);

        Assert.Equal("tes", (string?)info["type"]!["artifact"]);
        Assert.Equal("1.1.0", (string?)info["type"]!["version"]);
        Assert.NotNull(info["organization"]!["name"]);
        Assert.Empty(info["tesResources_backend_parameters"]!.AsArray());
    }

    [Fact]
    public async Task ATaskRunsAndEachViewShowsItsPart()
    {
        var task = TaskFixture.Task([tasks.Shell("cat /in/x")], [TaskFixture.Content("/in/x", "hello")]);
        task["name"] = "views";
        var id = await Create(task);

        await Ends(id, "COMPLETE");

        var full = await Get($"ga4gh/tes/v1/tasks/{id}?view=FULL");
        Assert.Equal("hello", (string?)full["inputs"]![0]!["content"]);
        Assert.Equal("hello", (string?)full["logs"]![0]!["logs"]![0]!["stdout"]);
        Assert.NotNull(full["logs"]![0]!["system_logs"]);
        var basic = await Get($"tasks/{id}?view=BASIC");
        Assert.Equal("views", (string?)basic["name"]);
        Assert.Equal(0, (int?)basic["logs"]![0]!["logs"]![0]!["exit_code"]);
        Assert.Null(basic["inputs"]![0]!["content"]);
        Assert.Null(basic["logs"]![0]!["logs"]![0]!["stdout"]);
        Assert.Null(basic["logs"]![0]!["system_logs"]);
        Assert.Equal(["id", "state"], (await Get($"tasks/{id}")).AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task ListsAreFilteredAndPaged()
    {
        foreach (var (name, tag) in ((string, string)[])[("a-1", "x"), ("a-2", "y"), ("b-1", "x")])
        {
            var task = TaskFixture.Task([tasks.Shell("true")]);
            task["name"] = name;
            task["tags"] = new JsonObject { ["kind"] = tag, [tag] = "" };
            await Ends(await Create(task), "COMPLETE");
        }

        Assert.Equal(["b-1", "a-2", "a-1"], await Names("view=BASIC"));
        Assert.Equal(["a-2", "a-1"], await Names("view=BASIC&name_prefix=a-"));
        Assert.Equal(["b-1", "a-1"], await Names("view=BASIC&tag_key=kind&tag_value=x"));
        Assert.Equal(["a-2"], await Names("view=BASIC&tag_key=kind&tag_value=&tag_key=y&tag_value="));
        Assert.Empty(await Names("view=BASIC&state=RUNNING"));
        var first = await Get("tasks?view=BASIC&page_size=2&state=COMPLETE");
        Assert.Equal(2, first["tasks"]!.AsArray().Count);
        Assert.Equal(["a-1"], await Names($"view=BASIC&page_size=2&page_token={(string?)first["next_page_token"]}"));
    }

    [Fact]
    public async Task ACanceledTaskIsCanceledAndItsContainerGone()
    {
        var id = await Create(TaskFixture.Task([tasks.Shell("sleep 1000")]));
        await Ends(id, "RUNNING");

        using var answer = await http.PostAsync(new Uri($"ga4gh/tes/v1/tasks/{id}:cancel", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("{}", await answer.Content.ReadAsStringAsync());
        await Ends(id, "CANCELED");
        Assert.Empty(await Support.DockerFixture.Run(["ps", "-aq", "--filter", $"label=scarnet.task={id}"]));
        using var again = await http.PostAsync(new Uri($"tasks/{id}:cancel", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal("CANCELED", (string?)(await Get($"tasks/{id}"))["state"]);
    }

    [Fact]
    public async Task AnErrorOfTheCommandIsTold()
    {
        var id = await Create(TaskFixture.Task([tasks.Shell("exit 3")]));

        await Ends(id, "EXECUTOR_ERROR");
    }

    [Theory]
    [InlineData("""{"executors": []}""", "executors: there must be one or more")]
    [InlineData("{", "no JSON")]
    [InlineData(
        """{"executors": [{"image": "i", "command": ["c"]}], "resources": {"backend_parameters": {"VmSize": "1"}, "backend_parameters_strict": true}}""",
        "resources.backend_parameters.VmSize: it is not known here")]
    public async Task AWrongTaskIsRefused(string task, string why)
    {
        using var answer = await http.PostAsync(new Uri("tasks", UriKind.Relative), new StringContent(task, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(why, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task AnUnknownBackendParameterIsNoErrorWhenNotStrict()
    {
        var task = TaskFixture.Task([tasks.Shell("true")]);
        task["resources"] = new JsonObject { ["backend_parameters"] = new JsonObject { ["VmSize"] = "1" }, ["backend_parameters_strict"] = false };

        await Ends(await Create(task), "COMPLETE");
    }

    [Fact]
    public async Task FilesOfTheMachineAreOutOfReach()
    {
        var id = await Create(TaskFixture.Task([tasks.Shell("cat /in/x")], [new JsonObject { ["path"] = "/in/x", ["url"] = "file:///etc/passwd" }]));

        await Ends(id, "SYSTEM_ERROR");
    }

    [Theory]
    [InlineData("tasks/nothing", 404)]
    [InlineData("elsewhere", 404)]
    [InlineData("tasks?state=SLEEPING", 400)]
    [InlineData("tasks?page_size=2048", 400)]
    public async Task WhatIsNotThereIsTold(string path, int status)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Origin", "https://evil.example")]
    public async Task APageInABrowserIsRefused(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("tasks", UriKind.Relative));
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private async Task<string> Create(JsonObject task)
    {
        using var answer = await http.PostAsync(
            new Uri("ga4gh/tes/v1/tasks", UriKind.Relative), new StringContent(task.ToJsonString(), Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
    }

    private async Task<JsonNode> Get(string path) => (await http.GetFromJsonAsync<JsonNode>(new Uri(path, UriKind.Relative)))!;

    private async Task<IReadOnlyList<string?>> Names(string query) =>
        [.. (await Get("tasks?" + query))["tasks"]!.AsArray().Select(task => (string?)task!["name"])];

    private async Task Ends(string id, string state)
    {
        using var limit = new CancellationTokenSource(Deadline);
        string? now;
        while ((now = (string?)(await Get($"tasks/{id}"))["state"]) != state)
        {
            Assert.False(now is "COMPLETE" or "EXECUTOR_ERROR" or "SYSTEM_ERROR" or "CANCELED", $"{now}: {await Get($"tasks/{id}?view=FULL")}");
            await Task.Delay(50, limit.Token);
        }
    }
}
