using ScarNet.Core;
using ScarNet.Core.Tasks;
using System.Text.Json.Nodes;

namespace ScarNet.Tests.Tasks;

public sealed class ReadingTasks
{
    private const string Executors = """ "executors": [{"image": "i", "command": ["c"]}] """;

    [Theory]
    [InlineData("[]", "a task is a JSON object")]
    [InlineData("{}", "executors: there must be one or more")]
    [InlineData("""{"executors": [{"image": "i", "command": [1]}]}""", "executors[0].command[0]: it must be a text")]
    [InlineData("""{"executors": [{"image": "i", "command": [""]}]}""", "executors[0].command[0]: it is the program and cannot be empty")]
    [InlineData("""{"executors": [{"image": "i", "command": ["c"], "stdin": "in"}]}""", "executors[0].stdin: 'in' must be an absolute path without '.' and '..'")]
    [InlineData("""{"executors": [{"image": "i", "command": ["c"], "env": {"A=B": "x"}}]}""", "executors[0].env: 'A=B' is no name of a variable")]
    [InlineData("""{"executors": [{"image": "i", "command": ["c"], "ignore_error": "yes"}]}""", "executors[0].ignore_error: it must be true or false")]
    [InlineData("{" + Executors + """, "inputs": [{"path": "/a"}]}""", "inputs[0].url: it is missing")]
    [InlineData("{" + Executors + """, "inputs": [{"path": "/a/../b", "url": "s3://b/k"}]}""", "inputs[0].path: '/a/../b' must be an absolute path without '.' and '..'")]
    [InlineData("{" + Executors + """, "inputs": [{"path": "/proc/x", "url": "s3://b/k"}]}""", "inputs[0].path: '/proc/x' belongs to the kernel")]
    [InlineData("{" + Executors + """, "inputs": [{"path": "/usr", "url": "s3://b/k", "type": "DIRECTORY"}]}""", "inputs[0].path: '/usr' is a directory of the image, which would be hidden")]
    [InlineData("{" + Executors + """, "inputs": [{"path": "/d", "url": "http://h/k", "type": "DIRECTORY"}]}""", "inputs[0].url: what a directory holds cannot be asked over http: name the files one by one, or use s3://")]
    [InlineData("{" + Executors + """, "inputs": [{"path": "/d", "content": "x", "type": "DIRECTORY"}]}""", "inputs[0].content: a directory has none: it is for type FILE")]
    [InlineData("{" + Executors + """, "inputs": [{"path": "/d", "url": "s3://b/k", "type": "PIPE"}]}""", "inputs[0].type: 'PIPE' is neither FILE nor DIRECTORY")]
    [InlineData("{" + Executors + """, "inputs": [{"path": "/d", "content": "x"}, {"path": "/d/", "content": "y"}]}""", "inputs[1].path: '/d' is the path of inputs[0] too")]
    [InlineData("{" + Executors + """, "outputs": [{"path": "/d/*", "url": "s3://b/k"}]}""", "outputs[0].path_prefix: it is missing: with wildcards in the path it says what is cut off the paths of matches")]
    [InlineData("{" + Executors + """, "outputs": [{"path": "/d/*", "url": "s3://b/k", "path_prefix": "/e"}]}""", "outputs[0].path_prefix: '/e' must be how the path '/d/*' begins, before its first wildcard")]
    [InlineData("{" + Executors + """, "outputs": [{"path": "/*.txt", "url": "s3://b/k", "path_prefix": "/"}]}""", "outputs[0].path: '/' is a directory of the image, which would be hidden: look for files below a directory of their own")]
    [InlineData("{" + Executors + """, "outputs": [{"path": "/d/x", "url": "s3://"}]}""", "outputs[0].url: 's3://' is none of s3://, http://, https://, file:// and an absolute path")]
    [InlineData("{" + Executors + """, "resources": {"cpu_cores": 1.5}}""", "resources.cpu_cores: it must be a whole number, 0 or more")]
    [InlineData("{" + Executors + """, "resources": {"backend_parameters": {"x": "1"}, "backend_parameters_strict": true}}""", "resources.backend_parameters.x: it is not known here, and backend_parameters_strict is set")]
    [InlineData("{" + Executors + """, "volumes": ["/"]}""", "volumes[0]: '/' is a directory of the image, which would be hidden")]
    [InlineData("{" + Executors + """, "tags": {"a": 1}}""", "tags.a: it must be a text")]
    public void AProblemIsToldWithItsPlace(string json, string problem)
    {
        var (task, problems) = TesReader.Read(json);

        Assert.Null(task);
        Assert.Equal(problem, Assert.Single(problems).ToString());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"executors": 1, "executors": 2}""")]
    public void WhatIsNoJsonIsNoTask(string json) => Assert.Single(TesReader.Read(json).Problems);

    [Fact]
    public void OldNamesAndNamesOfTomorrowAreRead()
    {
        var (task, _) = TesReader.Read("""
            {"executors": [{"image": "i", "command": ["c"], "ignoreError": true, "new": {}}],
             "outputs": [{"path": "/d/*", "pathPrefix": "/d", "url": "s3://b/k"}],
             "resources": {"cpuCores": "2", "ramGb": 1.5, "diskGb": 0}, "logs": "whatever", "state": 7}
            """);

        Assert.True(task!.Executors[0].IgnoreError);
        Assert.Equal("/d", task.Outputs[0].PathPrefix);
        Assert.Equal(2, task.Resources!.CpuCores);
        Assert.Equal(1_500_000_000, task.Resources.MemoryBytes);
        Assert.Null(task.Resources.DiskGb);
    }

    [Fact]
    public void ContentWinsOverUrl()
    {
        var (task, _) = TesReader.Read("{" + Executors + """, "inputs": [{"path": "/a", "content": "x", "url": "gopher://nowhere"}]}""");

        Assert.Null(task!.Inputs[0].Url);
        Assert.Equal("x", task.Inputs[0].Content);
    }

    [Fact]
    public void WhatIsWrittenIsReadAgain()
    {
        var (task, _) = TesReader.Read("""
            {"name": "n", "executors": [{"image": "i", "command": ["c", ""], "env": {"A": "b"}, "stdin": "/i/x", "workdir": "/w"}],
             "inputs": [{"path": "/i/x", "content": "x"}, {"path": "/d/", "url": "s3://b/p", "type": "DIRECTORY", "name": "d"}],
             "outputs": [{"path": "/o//x", "url": "/tmp/x"}], "volumes": ["/v"], "tags": {"t": ""}, "resources": {"ram_gb": 0.5}}
            """);

        var again = TesReader.Read(TesWriter.Write(task!)).Task;

        Assert.Equal(TesWriter.Write(task!).ToJsonString(), TesWriter.Write(again!).ToJsonString());
    }

    [Fact]
    public void AnObjectBecomesTheInputOfThatNameElseTheFirstWithNothing()
    {
        var named = (JsonObject)JsonNode.Parse("""{"inputs": [{"path": "/a"}, {"path": "/b", "name": "input", "content": "x"}]}""")!;
        var unnamed = (JsonObject)JsonNode.Parse("""{"inputs": [{"path": "/a", "url": "s3://b/k"}, {"path": "/b"}]}""")!;
        var none = (JsonObject)JsonNode.Parse("""{"inputs": [{"path": "/a", "url": "s3://b/k"}]}""")!;

        TesOverrides.SetObject(named, "/o");
        TesOverrides.SetObject(unnamed, "/o");

        Assert.Equal("""{"path":"/b","name":"input","url":"/o"}""", named["inputs"]![1]!.ToJsonString());
        Assert.Equal("/o", (string?)unnamed["inputs"]![1]!["url"]);
        Assert.Throws<ScarException>(() => TesOverrides.SetObject(none, "/o"));
    }

    [Fact]
    public void ANameThatIsNotThereIsToldWithThoseThatAre()
    {
        var task = (JsonObject)JsonNode.Parse("""{"inputs": [{"path": "/a", "name": "reads"}]}""")!;

        var e = Assert.Throws<ScarException>(() => TesOverrides.SetInput(task, "read", "s3://b/k"));

        Assert.Equal("the task has nothing named 'read' among its inputs", e.Message);
        Assert.Equal("there is 'reads'", e.Hint);
    }
}
