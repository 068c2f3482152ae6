using Sluice.Emulator.Faults;

namespace Sluice.Emulator;

/// <summary>What a local Azure ML is started with. Names and latencies take effect in the process that serves; one that attaches takes
/// what the serving process has (see <see cref="LocalAzure.Connection"/>).</summary>
public sealed record EmulatorOptions
{
    /// <summary>The folder that keeps everything between runs: state, blobs, certificate, secrets. Made when missing, readable by its
    /// owner only. One process serves a folder at a time.</summary>
    public required string StateFolder { get; init; }

    /// <summary>The TCP port on loopback, 1 to 65535; 0 takes the port of the last run if it is free, otherwise any free one.</summary>
    public int Port { get; init; }

    /// <summary>How long operations take.</summary>
    public LatencyProfile Latency { get; init; } = LatencyProfile.Demo;

    /// <summary>Factor on every duration of <see cref="Latency"/>, 0 to 1000: 0.01 makes five minutes three seconds.</summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>Makes the traffic split and the faults that chance decides repeatable; null draws a seed.</summary>
    public int? Seed { get; init; }

    /// <summary>The subscription that holds the workspace, a GUID.</summary>
    public string SubscriptionId { get; init; } = "5a1ce000-0000-4000-8000-000000000001";

    /// <summary>The resource group that holds the workspace, 1 to 90 characters.</summary>
    public string ResourceGroup { get; init; } = "rg-sluice";

    /// <summary>The one workspace there is, 3 to 33 letters, digits, <c>-</c> and <c>_</c>.</summary>
    public string Workspace { get; init; } = "mlw-sluice";

    /// <summary>The workspace's region.</summary>
    public string Location { get; init; } = "westeurope";

    /// <summary>Cores that all deployments may take together, the upgrade reserve of 20 % included; at least 1.</summary>
    public int CoreLimit { get; init; } = 100;

    /// <summary>What is to go wrong, as JSON, in the form that <c>PUT /admin/faults</c> takes too; null for nothing.</summary>
    public string? Faults { get; init; }

    /// <summary>Is told of every request; null for nobody.</summary>
    internal IRequestWatch? Watch { get; init; }

    /// <summary>The service's clock: of operations, the minutes of metrics, and what resources are stamped with.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// The clock of single requests: scoring and its limits, delays, leases, signatures, tokens, and the certificate. Null for the service's.
    /// </summary>
    public TimeProvider? RequestTime { get; init; }

    /// <summary>
    /// Called when the service begins to fetch and load what a deployment runs, which takes as long as it takes whatever <see cref="Time"/> does;
    /// what it returns is disposed of when that is done. Null where nobody wants to know.
    /// </summary>
    public Func<IDisposable>? BeginWork { get; init; }

    /// <summary>
    /// Told of the first routes and of each change of them, in order; null when nobody wants to know. Changes of the workspace wait until
    /// it returns, so it must be quick.
    /// </summary>
    public Action<RouteChange>? RouteChanged { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message names it.</exception>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(StateFolder);
        Require(Port is >= 0 and <= 65535, nameof(Port), Port, "0 to 65535");
        Require(TimeScale is >= 0 and <= 1000, nameof(TimeScale), TimeScale, "0 to 1000");
        Require(Guid.TryParseExact(SubscriptionId, "D", out _), nameof(SubscriptionId), SubscriptionId, "a GUID");
        Require(ResourceGroup is { Length: >= 1 and <= 90 } && ResourceGroup.All(c => char.IsLetterOrDigit(c) || "-_.()".Contains(c)),
            nameof(ResourceGroup), ResourceGroup, "1 to 90 letters, digits and -_.()");
        Require(Workspace is { Length: >= 3 and <= 33 } && char.IsAsciiLetterOrDigit(Workspace[0])
            && Workspace.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'),
            nameof(Workspace), Workspace, "3 to 33 letters, digits, - and _, the first a letter or digit");
        Require(Location is { Length: > 0 } && Location.All(char.IsAsciiLetterOrDigit), nameof(Location), Location, "a region such as westeurope");
        Require(CoreLimit >= 1, nameof(CoreLimit), CoreLimit, "at least 1");
    }

    private static void Require(bool holds, string name, object found, string allowed)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} is '{found}'; allowed is {allowed}.", name);
        }
    }
}
