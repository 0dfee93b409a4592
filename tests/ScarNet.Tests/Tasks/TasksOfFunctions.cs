using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Tasks;

namespace ScarNet.Tests.Tasks;

/// <summary>Task files that functions name.</summary>
public sealed class TasksOfFunctions
{
    private static readonly InputPlaceholders Run = new("md5", "r-1", "inbox", "a/b c.txt");

    [Theory]
    [InlineData("s3://results/md5.txt", "FILE", "s3://results/ [md5.txt] [md5.txt]")]
    [InlineData("s3://results/x/{key_stem}.txt", "FILE", "s3://results/x/ [] [.txt]")]
    [InlineData("s3://results/x/of-{key_stem}", "FILE", "s3://results/x/ [of-] []")]
    [InlineData("s3://results/{key}/x.txt", "FILE", "s3://results/ [] [/x.txt]")]
    [InlineData("s3://results/x", "DIRECTORY", "s3://results/x/ [] []")]
    [InlineData("s3://results", "DIRECTORY", "s3://results/ [] []")]
    public void SayWhereTheirResultsGo(string url, string type, string rule)
    {
        var output = Assert.Single(Read(Task(input: "", url, type)).Outputs);

        Assert.Equal(rule, $"{output} [{string.Join(' ', output.Prefixes)}] [{string.Join(' ', output.Suffixes)}]");
    }

    [Fact]
    public void HaveTheirWordsFilledInByEachRun()
    {
        var task = TaskFile.Fill(Task(""" "url": "https://x.org/{key}" """, "s3://results/{function}/{request_id}/{bucket}/{key_stem}"), Run, source: null);

        Assert.Equal("https://x.org/a/b%20c.txt", task.Inputs[0].Url);
        Assert.Equal("s3://results/md5/r-1/inbox/b c", task.Outputs[0].Url);
    }

    [Fact]
    public void TakeTheObjectAsItIsCalled()
    {
        var task = TaskFile.Fill(Task(input: ""), Run, "s3://inbox/{key}/100%.txt");

        Assert.Equal("s3://inbox/{key}/100%.txt", task.Inputs[0].Url);
    }

    [Fact]
    public void CannotRunOnAnObjectThatNoInputTakes()
    {
        var refused = Assert.Throws<ScarException>(() => TaskFile.Fill(Task(""" "content": "x" """), Run, "s3://inbox/a"));

        Assert.Equal("no input of the task takes the object", refused.Message);
    }

    [Fact]
    public void CannotBeNamedAfterAnObjectWhereThereIsNone()
    {
        var refused = Assert.Throws<ScarException>(
            () => TaskFile.Fill(Task(""" "content": "x" """, "s3://results/{key_stem}"), Run with { Bucket = null, Key = null }, source: null));

        Assert.Contains("'s3://results/{key_stem}' is named after the object", refused.Message);
    }

    [Fact]
    public void TakeAFileAndNoDirectory()
    {
        var (_, problems) = TaskFile.Read(Task(""" "type": "DIRECTORY" """));

        Assert.Equal("inputs[0].type: the object that starts a run is a FILE", Assert.Single(problems).ToString());
    }

    private static TaskFile Read(string json)
    {
        var (file, problems) = TaskFile.Read(json);
        Assert.Empty(problems);
        return file!;
    }

    private static string Task(string input, string url = "s3://results/x", string type = "FILE") => $$"""
        {
          "executors": [{"image": "busybox", "command": ["true"]}],
          "inputs": [{"path": "/in/x"{{(input.Length == 0 ? "" : ",")}} {{input}}}],
          "outputs": [{"path": "/out/x", "url": "{{url}}", "type": "{{type}}"}]
        }
        """;
}
