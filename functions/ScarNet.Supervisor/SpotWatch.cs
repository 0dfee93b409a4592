using System.Net;

namespace ScarNet.Supervisor;

/// <summary>Asks the machine's metadata service, in its second version, whether a spot machine is taken back.</summary>
/// <param name="endpoint">Of the service.</param>
/// <param name="termination">Is told.</param>
/// <param name="log">The supervisor's log.</param>
internal sealed class SpotWatch(Uri endpoint, Termination termination, Log log)
{
    // EC2 itself advises every 5 seconds. Source: as for SpotNotice.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(2);
    private const int MaxFailures = 3;
    private const string TokenSeconds = "21600";

    /// <summary>The watch of a Batch job on EC2; null elsewhere, and where AWS_EC2_METADATA_DISABLED says so.</summary>
    public static SpotWatch? Of(Surroundings surroundings, Termination termination, Log log)
    {
        var endpoint = surroundings["AWS_EC2_METADATA_SERVICE_ENDPOINT"];
        var onEc2 = endpoint is not null || surroundings["AWS_EXECUTION_ENV"] == "AWS_ECS_EC2";
        var disabled = string.Equals(surroundings["AWS_EC2_METADATA_DISABLED"], "true", StringComparison.OrdinalIgnoreCase);
        return onEc2 && !disabled && Uri.TryCreate(endpoint ?? "http://169.254.169.254", UriKind.Absolute, out var address)
            ? new(address, termination, log)
            : null;
    }

    /// <summary>Until there is a notice, or nothing to watch. Never fails.</summary>
    /// <param name="ended">The supervisor's own end.</param>
    public async Task Run(CancellationToken ended)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var http = new HttpClient(handler) { BaseAddress = endpoint, Timeout = LongestCall };
        var failures = 0;
        string? token = null;
        while (failures < MaxFailures)
        {
            try
            {
                token ??= await Token(http, ended);
                var (status, body) = await Get(http, token, "latest/meta-data/spot/instance-action", ended);
                if (status == HttpStatusCode.OK)
                {
                    Pass(SpotNotice.Parse(body, TimeProvider.System.GetUtcNow()));
                    return;
                }

                token = status == HttpStatusCode.Unauthorized ? null : token;
                failures = 0;
                if (status == HttpStatusCode.NotFound && await Get(http, token!, "latest/meta-data/instance-life-cycle", ended) is (HttpStatusCode.OK, not "spot"))
                {
                    return; // nobody takes it back
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ended.IsCancellationRequested)
            {
                failures++;
                token = null;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Pause, ended).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            if (ended.IsCancellationRequested)
            {
                return;
            }
        }

        log.Debug("the machine's metadata service does not answer: a spot machine that is taken back is not noticed before", ("endpoint", endpoint));
    }

    private void Pass(SpotNotice notice)
    {
        log.Warn("the machine is being taken back: the script is told to end", ("action", notice.Action), ("at", notice.Time.UtcDateTime.ToString("O")));
        termination.Ask(notice);
    }

    private static async Task<string> Token(HttpClient http, CancellationToken ended)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "latest/api/token");
        request.Headers.Add("X-aws-ec2-metadata-token-ttl-seconds", TokenSeconds);
        using var response = await http.SendAsync(request, ended);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(ended);
    }

    private static async Task<(HttpStatusCode Status, string Body)> Get(HttpClient http, string token, string path, CancellationToken ended)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-aws-ec2-metadata-token", token);
        using var response = await http.SendAsync(request, ended);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(ended));
    }
}
