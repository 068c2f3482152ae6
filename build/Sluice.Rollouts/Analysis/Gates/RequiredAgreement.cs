using Sluice.Rollouts.Analysis.Samples;
using Sluice.Rollouts.Planning.Stages;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>How often the two versions must answer alike.</summary>
/// <param name="Share">The share that is needed, 0 to 1.</param>
/// <param name="Alpha">The probability of a false Fail that is left for the looks, above 0 and below 1.</param>
internal sealed record RequiredAgreement(double Share, double Alpha)
{
    /// <summary>The lower limit of all rows' agreement before the start, where some rows stood for all; otherwise null.</summary>
    public double? ReferenceLower { get; private init; }

    /// <summary>What a gate needs.</summary>
    /// <param name="rule">The gate.</param>
    /// <param name="reference">
    /// The pairs from before the start. Where they are not all rows of the file, their share is that of all rows by chance alone: half of
    /// <paramref name="alpha"/> goes into how far it may be off, and half into the looks.
    /// </param>
    /// <param name="alpha">The probability of a false Fail that the gate may use up, above 0 and below 1.</param>
    /// <returns>Null for a margin below pairs that held nothing to compare.</returns>
    public static RequiredAgreement? Of(AgreementRule rule, (int Agreed, int Compared, int Sent) reference, double alpha)
    {
        if (rule.AtLeast is { } share)
        {
            return new(share, alpha);
        }

        var (agreed, compared, sent) = reference;
        if (compared == 0)
        {
            return null;
        }

        // A file of fewer rows has been sent as a whole.
        double? lower = sent < Looks.MostBeforeStart ? null : Wilson.Of(agreed, compared, alpha / 2).Lower;
        return new(Math.Max(0, (lower ?? (double)agreed / compared) - rule.Margin!.Value), lower is null ? alpha : alpha / 2)
        {
            ReferenceLower = lower,
        };
    }
}
