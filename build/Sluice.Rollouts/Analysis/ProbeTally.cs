namespace Sluice.Rollouts.Analysis;

/// <summary>Probes of one deployment, counted.</summary>
/// <param name="Sent">Probes sent; one without an answer counts as failed.</param>
/// <param name="Failed">Those that the model did not answer with success, 0 to <paramref name="Sent"/>.</param>
/// <param name="FirstFailure">What the first failure said; null when there was none.</param>
public sealed record ProbeTally(int Sent, int Failed, string? FirstFailure)
{
    /// <summary>No probe yet.</summary>
    public static ProbeTally Zero { get; } = new(0, 0, null);

    /// <summary>Both together; the earlier one is on the left.</summary>
    public static ProbeTally operator +(ProbeTally left, ProbeTally right) => Add(left, right);

    /// <summary>Both together; the earlier one is on the left.</summary>
    public static ProbeTally Add(ProbeTally left, ProbeTally right) =>
        new(left.Sent + right.Sent, left.Failed + right.Failed, left.FirstFailure ?? right.FirstFailure);
}
