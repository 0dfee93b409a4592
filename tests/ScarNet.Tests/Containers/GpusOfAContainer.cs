using ScarNet.Containers;

namespace ScarNet.Tests.Containers;

/// <summary>DOMAIN.md, 2.2: BayerCLAW's runner answers any NVIDIA_VISIBLE_DEVICES with all GPUs of the machine.</summary>
public sealed class GpusOfAContainer
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("void")]
    [InlineData("none")]
    [InlineData(" , ")]
    public void AreNoneWhereNoneIsReserved(string? value)
    {
        var gpus = GpuDevices.Of(value);

        Assert.Empty(gpus.Devices);
        Assert.Equal("void", gpus.Value);
        Assert.Null(RequestOf(gpus));
    }

    [Theory]
    [InlineData("GPU-1", """[{"Driver":"nvidia","Capabilities":[["gpu"]],"DeviceIDs":["GPU-1"]}]""")]
    [InlineData("GPU-1, GPU-2,GPU-1", """[{"Driver":"nvidia","Capabilities":[["gpu"]],"DeviceIDs":["GPU-1","GPU-2"]}]""")]
    [InlineData("MIG-3/1/0", """[{"Driver":"nvidia","Capabilities":[["gpu"]],"DeviceIDs":["MIG-3/1/0"]}]""")]
    [InlineData("all", """[{"Driver":"nvidia","Capabilities":[["gpu"]],"DeviceIDs":["all"]}]""")]
    public void AreThoseThatAreReservedAndNoOther(string value, string expected) => Assert.Equal(expected, RequestOf(GpuDevices.Of(value)));

    private static string? RequestOf(GpuDevices gpus)
    {
        var body = DockerRequests.Create(new ContainerSpec { Image = "i", GpuDevices = gpus.Devices }, withInit: true);
        return body["HostConfig"]!["DeviceRequests"]?.ToJsonString();
    }
}
