using System.Text.Json;

namespace ScarNet.EndToEnd.Lambda;

/// <summary>What functions have on AWS and not on this machine, as the AWS CLI sets and sees it.</summary>
public sealed class ConnectingFunctions(BashFunctions functions) : IClassFixture<BashFunctions>
{
    private const string Layer = "arn:aws:lambda:us-east-1:000000000000:layer:tools:3";
    private const string AccessPoint = "arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-0123456789abcdef0";

    [Fact]
    public async Task KeepsNetworkFileSystemAndLayersAndTakesThemAway()
    {
        await functions.Create("wired", "echo 1");

        await functions.Aws(
            "lambda", "update-function-configuration", "--function-name", "wired", "--vpc-config", "SubnetIds=subnet-1,subnet-2,SecurityGroupIds=sg-1",
            "--file-system-configs", $"Arn={AccessPoint},LocalMountPath=/mnt/x", "--layers", Layer);
        await functions.Aws("lambda", "update-function-configuration", "--function-name", "wired", "--memory-size", "256");
        var wired = await Configuration("wired");
        await functions.Aws(
            "lambda", "update-function-configuration", "--function-name", "wired", "--vpc-config", "SubnetIds=[],SecurityGroupIds=[]",
            "--file-system-configs", "[]", "--layers", "[]");
        var bare = await Configuration("wired");

        Assert.Equal("subnet-2", wired.GetProperty("VpcConfig").GetProperty("SubnetIds")[1].GetString());
        Assert.Equal("/mnt/x", wired.GetProperty("FileSystemConfigs")[0].GetProperty("LocalMountPath").GetString());
        Assert.Equal(Layer, wired.GetProperty("Layers")[0].GetProperty("Arn").GetString());
        Assert.False(bare.TryGetProperty("VpcConfig", out _) || bare.TryGetProperty("FileSystemConfigs", out _) || bare.TryGetProperty("Layers", out _));
    }

    [Fact]
    public async Task CallsNobodyWhereNoConcurrencyIsReserved()
    {
        await functions.Create("shut", "echo 1");
        await functions.Aws("lambda", "put-function-concurrency", "--function-name", "shut", "--reserved-concurrent-executions", "0");

        var refused = await functions.TryAws("lambda", "invoke", "--function-name", "shut", "shut.json");
        var reserved = await functions.Aws("lambda", "get-function-concurrency", "--function-name", "shut", "--output", "text");
        await functions.Aws("lambda", "delete-function-concurrency", "--function-name", "shut");
        var called = await functions.TryAws("lambda", "invoke", "--function-name", "shut", "shut.json");

        Assert.Contains("(TooManyRequestsException)", refused.Error, StringComparison.Ordinal);
        Assert.Equal("0", reserved.Trim());
        Assert.Equal(0, called.ExitCode);
    }

    private async Task<JsonElement> Configuration(string function) => JsonDocument.Parse(
        await functions.Aws("lambda", "get-function-configuration", "--function-name", function, "--output", "json")).RootElement;
}
