using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sluice.Rollouts.Analysis;

/// <summary>A gate's answer at one look, with the numbers that it came from.</summary>
/// <param name="Gate">The gate's name.</param>
/// <param name="Kind">The answer.</param>
/// <param name="Sentence">What was measured, against what.</param>
/// <param name="IsConclusive">Whether a Pass is proven, not only undisputed: the evidence excludes what the gate guards against.</param>
/// <param name="Numbers">The observed counts, the e-values or limits, and the thresholds, by name.</param>
public sealed record GateReport(
    string Gate, VerdictKind Kind, string Sentence, bool IsConclusive, ImmutableSortedDictionary<string, double> Numbers)
{
    /// <summary>Whether nothing follows from the answer: the gate is only watched. Journals of earlier releases do not say so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ObserveOnly { get; init; }

    /// <summary>What is said behind its name or its answer wherever people read them; empty for a gate that decides.</summary>
    [JsonIgnore]
    public string Remark => RemarkOf(ObserveOnly);

    /// <summary>The gate's name as people read it.</summary>
    [JsonIgnore]
    public string Title => Gate + Remark;

    /// <summary>The same of an answer of which only that is at hand.</summary>
    /// <param name="observeOnly">Whether the gate is only watched.</param>
    public static string RemarkOf(bool observeOnly) => observeOnly ? " (only watched)" : "";
}
