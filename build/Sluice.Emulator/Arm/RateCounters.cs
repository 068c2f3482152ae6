using Microsoft.AspNetCore.Http;

namespace Sluice.Emulator.Arm;

/// <summary>
/// How many requests a subscription has left, as answers tell it: 12,000 reads, 1,200 writes and 15,000 deletes an hour, and 25 writes of
/// deployments, whose span is not on record and is taken to be a minute. It counts and never refuses: tests poll faster than that.
/// </summary>
internal sealed class RateCounters(TimeProvider time)
{
    private const string Prefix = "x-ms-ratelimit-remaining-subscription-";
    private readonly Lock _counting = new();
    private readonly Window _reads = new("reads", 12_000, TimeSpan.FromHours(1));
    private readonly Window _writes = new("writes", 1_200, TimeSpan.FromHours(1));
    private readonly Window _deletes = new("deletes", 15_000, TimeSpan.FromHours(1));
    private readonly Window _deployments = new("resource-requests", 25, TimeSpan.FromMinutes(1));

    /// <summary>Counts a request.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="isDeployment">It is about a deployment.</param>
    /// <returns>The header that tells how many are left.</returns>
    public (string Header, int Left) Count(string method, bool isDeployment)
    {
        var window = method switch
        {
            _ when HttpMethods.IsGet(method) || HttpMethods.IsHead(method) => _reads,
            _ when HttpMethods.IsDelete(method) => _deletes,
            _ when HttpMethods.IsPut(method) && isDeployment => _deployments,
            _ => _writes,
        };
        lock (_counting)
        {
            return (HeaderOf(window.Name), window.Take(time.GetUtcNow()));
        }
    }

    /// <summary>The header that tells how many requests of a kind are left.</summary>
    /// <param name="kind">For example <c>reads</c>.</param>
    public static string HeaderOf(string kind) => $"{Prefix}{kind}";

    private sealed class Window(string name, int limit, TimeSpan span)
    {
        private DateTimeOffset _end;
        private int _left;

        public string Name => name;

        public int Take(DateTimeOffset now)
        {
            if (now >= _end)
            {
                _end = now + span;
                _left = limit;
            }

            _left = Math.Max(0, _left - 1);
            return _left;
        }
    }
}
