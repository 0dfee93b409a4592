using System.Net;
using ScarNet.Core;
using ScarNet.EndToEnd.Support;
using ScarNet.Local;

namespace ScarNet.EndToEnd.Http;

public sealed class EngineAddressing(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task RefusesAnotherHostHeader()
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, fixture.Engine.Endpoint);
        request.Headers.Host = $"evil.example:{fixture.Engine.Endpoint.Port}";

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("The Host header", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusesAnUnsignedRequest()
    {
        using var client = new HttpClient();

        using var response = await client.GetAsync(fixture.Engine.Endpoint, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains(
            "<Code>AccessDenied</Code>", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusesASecondEngineOnTheSameDirectoryAndNamesTheFirst()
    {
        var settings = new EngineSettings { DataDirectory = fixture.DataDirectory };

        var refusal = await Assert.ThrowsAsync<ScarException>(() => Engine.Start(settings, TestContext.Current.CancellationToken));

        Assert.Contains($"pid {Environment.ProcessId}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KeepsItsKeysToTheOwner()
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Join(fixture.DataDirectory, "credentials.json")));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Join(fixture.DataDirectory, "engine.json")));
    }
}
