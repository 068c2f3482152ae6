using System.Globalization;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.Rollouts.Reporting;

/// <summary>
/// What a run is configured to do, as few plain facts as a reader of its report needs. Tags, environment variables and full addresses are
/// left out: any of them may hold what is nobody's business.
/// </summary>
public static class ConfigurationFacts
{
    /// <summary>The name of the fact with the model's name.</summary>
    public const string Model = "Model";

    /// <summary>The name of the fact with the endpoint's name.</summary>
    public const string Endpoint = "Endpoint";

    /// <summary>The fact that names the workspace.</summary>
    public const string Workspace = "Workspace";

    /// <summary>The facts, in the order in which people read them.</summary>
    public static IReadOnlyList<ConfigurationFact> Of(RolloutSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return [.. Entries(spec).Select(entry => new ConfigurationFact(entry.Name, entry.Text))];
    }

    private static IEnumerable<(string Name, string Text)> Entries(RolloutSpec spec)
    {
        var strategy = spec.Strategy;
        yield return (Endpoint, spec.Endpoint.Name);
        yield return (Workspace, $"{spec.Workspace.Name} in {spec.Workspace.ResourceGroup}, {spec.Workspace.Cloud}");
        yield return (Model, spec.Model.Name);
        yield return ("Candidate", Title(spec.Model.Candidate));
        yield return ("Baseline", spec.Model.Baseline is { } baseline ? Title(baseline) : "none: the candidate may be the first version");
        yield return ("Candidate's deployment", $"{spec.Green.Name}-<version> on {Instances(spec.Green)}");
        yield return ("Steps", strategy.Steps.IsEmpty ? "none: all traffic at once" : string.Join("; ", strategy.Steps.Select(Words)));
        yield return ("Final bake", Duration.Format(strategy.FinalBake));
        var probes = strategy.Gate;
        yield return ("Probes", Invariant(
            $"{probes.ProbesPerLook} every {Duration.Format(probes.LookInterval)}; {probes.MinimumProbes} needed, {probes.MaximumErrorRate * 100:0.##} % may fail"));
        foreach (var gate in strategy.AllGates)
        {
            var step = strategy.Steps.FirstOrDefault(step => step.Gates.Contains(gate));
            yield return ($"Gate {gate.Name}", $"{Words(gate)}{Follows(gate)}{(step is null ? "" : $"; at {step.Title} only")}");
        }

        if (strategy.StatisticalGates.Any())
        {
            yield return ("False rollback", Invariant($"at most {strategy.FalseRollback * 100:0.##} % of good candidates, by chance"));
        }

        if (strategy.Deadline is { } deadline)
        {
            yield return ("Deadline", $"{Duration.Format(deadline)}, then {strategy.OnDeadline.ToString().ToLowerInvariant()}");
        }

        if (spec.Policy.Approvals is var approvals && approvals.Canary + approvals.Promote > 0)
        {
            yield return ("Approvals", Invariant($"{approvals.Canary} before the first traffic, {approvals.Promote} before all of it"));
        }

        if (spec.Policy.Windows.Any())
        {
            yield return ("Windows", Invariant(
                $"{spec.Policy.Allow.Length} that allow, {spec.Policy.Freeze.Length} that forbid, in {spec.Policy.TimeZone.Id}"));
        }

        yield return ("Retired deployments kept", Invariant($"{strategy.Retain}"));
        yield return ("When cancelled", strategy.OnCancel == CancelPolicy.Rollback ? "the rollout goes back" : "the traffic stays as it is");
    }

    /// <summary>Of a folder its last two names: what lies above is the machine's business, and a person's name is often in it.</summary>
    private static string Title(ModelSource source) => source is ModelFolder folder
        ? $"{string.Join('/', folder.Path.Split('/', '\\').Where(part => part.Length > 0).TakeLast(2))} (content {folder.Digest[..Math.Min(12, folder.Digest.Length)]})"
        : source.Title;

    private static string Instances(DeploymentSpec deployment) =>
        Invariant($"{deployment.InstanceCount} × {(deployment.InstanceType.Length > 0 ? deployment.InstanceType : "the default instance type")}");

    private static string Words(Step step) =>
        $"{step.Title} for {Duration.Format(step.Bake)}{(step.UntilEvidence is { } longest ? $", until there is evidence, at most {Duration.Format(longest)}" : "")}";

    private static string Words(GateRule gate) => gate switch
    {
        ErrorsRule errors => Invariant(
            $"errors in {Words(errors.Source)}, at most {errors.Tolerance:0.##} times the stable deployment's; {errors.MinimumRequests} requests a step"),
        LatencyRule { Objective: { } objective } latency => Invariant(
            $"p{latency.Percent} of the latency in {Words(latency.Source)}, at most {objective.TotalMilliseconds:0.#} ms"),
        LatencyRule latency => Invariant(
            $"p{latency.Percent} of the latency in {Words(latency.Source)}, at most {latency.Tolerance:0.##} times the stable deployment's"),
        AgreementRule { AtLeast: { } share } => Invariant($"equal answers to at least {share * 100:0.##} % of the rows"),
        AgreementRule agreement => Invariant($"equal answers, at most {agreement.Margin * 100:0.##} points fewer than before the start"),
        DriftRule drift => Invariant($"distance of the scores' distributions, at most {drift.MaximumDistance:0.###}"),
        QualityRule quality => Invariant(
            $"{quality.Metric} on {quality.Sample.Path.Split('/', '\\')[^1]}, at {(quality.IsLessBetter ? "most" : "least")} {quality.Limit:0.###}"),
        MetricRule metric => $"{metric.Metric} of the {(metric.OfDeployment ? "deployment" : "endpoint")}{Conditions(metric)}",
        KayentaRule kayenta => Invariant($"Kayenta's score, at least {kayenta.Settings.PassScore:0.#}"),
        WebhookRule webhook => $"the answer of {webhook.Address.Host}",
        ApprovalRule approval => Invariant($"{approval.People} approvals"),
        _ => gate.GetType().Name,
    };

    private static string Conditions(MetricRule metric) =>
        $"{(metric.Conditions.Success is { } good ? $", good while {good}" : "")}{(metric.Conditions.Failure is { } bad ? $", bad while {bad}" : "")}";

    private static string Words(EvidenceSource source) => source == EvidenceSource.Traffic ? "callers' traffic" : "replayed rows";

    private static string Follows(GateRule gate) => gate.ObserveOnly ? "; only watched" : gate.On == Consequences.Default ? "" : string.Concat(new[]
    {
        (Answer: "Fail", Then: gate.On.Fail, Usual: Consequences.Default.Fail),
        (Answer: "Inconclusive", Then: gate.On.Inconclusive, Usual: Consequences.Default.Inconclusive),
        (Answer: "NoData", Then: gate.On.NoData, Usual: Consequences.Default.NoData),
        (Answer: "Error", Then: gate.On.Error, Usual: Consequences.Default.Error),
    }.Where(entry => entry.Then != entry.Usual).Select(entry => $"; {entry.Answer}: {entry.Then.ToString().ToLowerInvariant()}"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
