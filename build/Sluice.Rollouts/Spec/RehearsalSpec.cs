using System.Collections.Immutable;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Spec;

/// <summary>
/// What a rehearsal makes of an environment's configuration: the same rollout on a local Azure ML that takes as long as Azure does. What
/// depends on the day and on other people is left out: windows, approvals and webhooks; and nobody is notified.
/// </summary>
/// <param name="Folder">The absolute path of the folder with the local Azure ML's state.</param>
/// <param name="Seed">Seeds what is random in it.</param>
/// <param name="Speed">How many times as fast its clock goes as the machine's, 1 or more.</param>
/// <param name="RequestsPerSecond">
/// The rate of the callers' traffic by the machine's own clock: 0 sends none, null what the configuration says. That is its load, else its
/// usual traffic by the faster clock, up to <see cref="LargestRate"/>, else <see cref="UsualRate"/>.
/// </param>
public sealed record RehearsalSpec(string Folder, int Seed, int Speed, int? RequestsPerSecond)
{
    /// <summary>The callers' traffic, in requests a second, where nobody says anything.</summary>
    public const int UsualRate = 50;

    /// <summary>The most requests a second that callers send; what they send and what answers them is one machine.</summary>
    public const int LargestRate = 500;

    /// <summary>Changes the specification.</summary>
    /// <param name="spec">The environment's own.</param>
    public RolloutSpec Of(RolloutSpec spec) => spec with
    {
        Workspace = spec.Workspace with { Cloud = Cloud.Local, Credential = CredentialKind.Default, TenantId = null },
        Policy = new PolicySpec { TimeZone = spec.Policy.TimeZone, MaximumStep = spec.Policy.MaximumStep },
        Notifications = [],
        Strategy = spec.Strategy with
        {
            Gates = WithoutOthers(spec.Strategy.Gates),
            Steps = [.. spec.Strategy.Steps.Select(step => step with { Gates = WithoutOthers(step.Gates) })],
        },
        Emulator = new EmulatorSpec(Folder, LatencyProfile.Azure, TimeScale: 1, Port: 0, Seed, FaultsOf(spec)),
        Load = RequestsPerSecond switch
        {
            0 => null,
            { } rate => new LoadSpec(rate),
            null => spec.Load
                ?? new LoadSpec(spec.Strategy.Traffic is { } usual ? Math.Min(usual.RequestsPerMinute / 60 * Speed, LargestRate) : UsualRate),
        },
    };

    /// <summary>The share of each deployment's requests that fails though nothing is wrong; null where the configuration does not say it.</summary>
    /// <param name="spec">The environment's own, or what is rehearsed.</param>
    public static double? UsualErrorRate(RolloutSpec spec) =>
        spec.Strategy.Traffic is { IsErrorRateAssumed: false } usual ? usual.ErrorRate : null;

    /// <summary>The configuration's own faults, and behind them those that are usual: a limit that these exceed is exceeded in earnest, too.</summary>
    private static string? FaultsOf(RolloutSpec spec)
    {
        if (UsualErrorRate(spec) is not { } rate)
        {
            return spec.Emulator?.Faults;
        }

        // Once it has traffic, so that a smoke test, which is a single request, says what it is to say.
        var document = spec.Emulator?.Faults is { } own ? JObject.Parse(own) : [];
        document["rules"] = new JArray(document["rules"] as JArray ?? [])
        {
            new JObject
            {
                ["deployment"] = "*",
                ["probability"] = rate,
                ["fail"] = new JObject { ["afterTraffic"] = "PT0S" },
            },
        };
        return document.ToString(Formatting.None);
    }

    /// <summary>Whether the configuration has something that a rehearsal leaves out.</summary>
    /// <param name="spec">The environment's own.</param>
    public static bool LeavesOut(RolloutSpec spec) =>
        spec.Policy.Windows.Any()
        || spec.Policy.Approvals is not { Canary: 0, Promote: 0 }
        || !spec.Notifications.IsEmpty
        || spec.Strategy.AllGates.Any(AsksOthers);

    private static bool AsksOthers(GateRule gate) => gate is ApprovalRule or WebhookRule;

    private static ImmutableArray<GateRule> WithoutOthers(ImmutableArray<GateRule> gates) => [.. gates.Where(gate => !AsksOthers(gate))];

    /// <summary>Why a specification can't be rehearsed: sentences that say what is found and what is allowed; none when it can.</summary>
    /// <param name="spec">The environment's own.</param>
    public static IEnumerable<string> Obstacles(RolloutSpec spec)
    {
        if (spec.Model.Candidate is not ModelFolder)
        {
            yield return $"model.path is {spec.Model.Candidate.Title}, which a rehearsal can't look up; allowed: a folder; --model-path works "
                + "too.";
        }

        if (spec.Model.Baseline is null)
        {
            yield return "model.baseline is missing, and a rehearsal begins with an endpoint that serves nothing; allowed: the folder of the "
                + "version that serves now; --baseline-path works too.";
        }
        else if (spec.Model.Baseline is not ModelFolder)
        {
            yield return $"model.baseline is {spec.Model.Baseline.Title}, which a rehearsal can't look up; allowed: a folder; "
                + "--baseline-path works too.";
        }

        foreach (var mistake in LocalServing.Mistakes(spec))
        {
            yield return mistake;
        }
    }
}
