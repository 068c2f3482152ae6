namespace Sluice.Emulator.Faults;

/// <summary>Scores are shifted, and labels are not.</summary>
/// <param name="By">What is added to each probability, which stays between 0 and 1; -1 to 1.</param>
/// <param name="AfterTraffic">When it begins.</param>
internal sealed record DriftEffect(double By, TimeSpan? AfterTraffic) : AnswerChange(AfterTraffic)
{
    /// <inheritdoc/>
    public override string Describe() => FormattableString.Invariant($"was answered with scores shifted by {By:0.###}");

    /// <inheritdoc/>
    protected override void Change(AnswerRows rows, ContainerTurn turn)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            rows.Change(row, value => AnswerValue.Shifted(value, By));
        }
    }
}
