using System.Collections.Immutable;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>Asks the gates. Pure: the same evidence gives the same reports, whenever it is asked again.</summary>
public static class GateJudge
{
    /// <summary>The reports of gates, in their order.</summary>
    /// <param name="gates">The gates.</param>
    /// <param name="evidence">What is known.</param>
    /// <param name="strategy">How large the probability of a false rollback may be.</param>
    public static ImmutableArray<GateReport> Judge(IEnumerable<GateRule> gates, CandidateEvidence evidence, StrategySpec strategy)
    {
        ArgumentNullException.ThrowIfNull(gates);
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(strategy);
        var alpha = strategy.AlphaOfEach;
        return
        [
            .. gates.Select(gate => (gate switch
            {
                ErrorsRule errors => ErrorsGate.Judge(errors, evidence, alpha),
                LatencyRule latency => LatencyGate.Judge(latency, evidence, alpha),
                AgreementRule agreement => AgreementGate.Judge(agreement, evidence, alpha),
                DriftRule drift => DriftGate.Judge(drift, evidence, alpha),
                QualityRule quality => QualityGate.Judge(quality, evidence, alpha),
                MetricRule metric => MetricGate.Judge(metric, evidence),
                KayentaRule kayenta => KayentaGate.Judge(kayenta, evidence),
                WebhookRule webhook => WebhookGate.Judge(webhook, evidence),
                ApprovalRule approval => ApprovalGate.Judge(approval, evidence),
                _ => throw new ArgumentOutOfRangeException(nameof(gates), gate, "There is no such gate."),
            }) with
            {
                ObserveOnly = gate.ObserveOnly,
            }),
        ];
    }
}
