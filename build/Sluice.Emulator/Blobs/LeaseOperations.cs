using System.Globalization;

namespace Sluice.Emulator.Blobs;

/// <summary>What can be done to the leases of blobs and containers.</summary>
internal sealed class LeaseOperations(BlobStore store, TimeProvider time)
{
    private const string Break = "break";
    private const int ShortestLease = 15;
    private const int LongestLease = 60;
    private const int LongestBreak = 60;

    /// <summary>Changes a blob's lease.</summary>
    public Task ChangeBlob(BlobExchange exchange)
    {
        exchange.Grant.Require("w");
        var step = Step(exchange);
        var blob = store.ChangeBlob(exchange.Container, exchange.Blob, existing =>
        {
            var found = existing ?? throw BlobRefuse.BlobNotFound();
            exchange.Conditions.CheckWrite(found.ETag, found.ModifiedAt);
            return found with { Lease = step(found.Lease) };
        })!;
        exchange.SetVersion(blob.ETag, blob.ModifiedAt);
        Answer(exchange, blob.Lease);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Changes a container's lease. To break it is the one change that the signature of a service can grant, by its permission to delete
    /// ("Create a service SAS").
    /// </summary>
    public Task ChangeContainer(BlobExchange exchange)
    {
        if (ActionOf(exchange) != Break || !exchange.Grant.Allows("d"))
        {
            exchange.Grant.RequireOfContainer("w");
        }

        var step = Step(exchange);
        var container = store.ChangeContainer(exchange.Container, existing =>
        {
            var found = existing ?? throw BlobRefuse.ContainerNotFound();
            exchange.Conditions.CheckWrite(found.ETag, found.ModifiedAt);
            return found with { Lease = step(found.Lease) };
        })!;
        exchange.SetVersion(container.ETag, container.ModifiedAt);
        Answer(exchange, container.Lease);
        return Task.CompletedTask;
    }

    private Func<Lease?, Lease?> Step(BlobExchange exchange)
    {
        var now = time.GetUtcNow();
        switch (ActionOf(exchange))
        {
            case "acquire":
                var duration = DurationOf(exchange);
                var acquired = exchange.IdOf("x-ms-proposed-lease-id") ?? Guid.NewGuid();
                return lease => Lease.Acquire(lease, acquired, duration, now);
            case "renew":
                var renewed = RequireId(exchange, "x-ms-lease-id");
                return lease => Lease.Renew(lease, renewed, now);
            case "change":
                var old = RequireId(exchange, "x-ms-lease-id");
                var proposed = RequireId(exchange, "x-ms-proposed-lease-id");
                return lease => Lease.Change(lease, old, proposed, now);
            case "release":
                var released = RequireId(exchange, "x-ms-lease-id");
                return lease =>
                {
                    Lease.Release(lease, released);
                    return null;
                };
            case Break:
                var period = PeriodOf(exchange);
                return lease => Lease.Break(lease, period, now);
            case var other:
                throw BlobRefuse.InvalidHeader("x-ms-lease-action", other, "acquire, renew, change, release, break");
        }
    }

    private void Answer(BlobExchange exchange, Lease? lease)
    {
        var action = ActionOf(exchange);
        if (action == Break)
        {
            var left = lease?.BreakTime(time.GetUtcNow()) ?? TimeSpan.Zero;
            exchange.Set("x-ms-lease-time", Math.Ceiling(left.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            exchange.Set("x-ms-lease-id", lease?.Id.ToString());
        }

        exchange.Answer(action switch { "acquire" => 201, Break => 202, _ => 200 });
    }

    private static string ActionOf(BlobExchange exchange) =>
        exchange.Header("x-ms-lease-action")?.ToLowerInvariant() ?? throw BlobRefuse.MissingHeader("x-ms-lease-action");

    private static Guid RequireId(BlobExchange exchange, string name) => exchange.IdOf(name) ?? throw BlobRefuse.MissingHeader(name);

    private static TimeSpan? DurationOf(BlobExchange exchange)
    {
        var text = exchange.Header("x-ms-lease-duration");
        if (text == "-1")
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= ShortestLease and <= LongestLease
            ? TimeSpan.FromSeconds(seconds)
            : throw BlobRefuse.InvalidHeader("x-ms-lease-duration", text, $"-1, or {ShortestLease} to {LongestLease}");
    }

    private static TimeSpan? PeriodOf(BlobExchange exchange) => exchange.Number("x-ms-lease-break-period") switch
    {
        null => null,
        { } seconds and <= LongestBreak => TimeSpan.FromSeconds(seconds),
        { } other => throw BlobRefuse.InvalidHeader("x-ms-lease-break-period", other.ToString(CultureInfo.InvariantCulture), $"0 to {LongestBreak}"),
    };
}
