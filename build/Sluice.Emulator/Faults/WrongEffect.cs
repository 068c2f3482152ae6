namespace Sluice.Emulator.Faults;

/// <summary>
/// Some rows get another label and a mirrored score. Which ones, the seed and what is in the row decide: a row that is wrong always is.
/// </summary>
/// <param name="Share">The share of all possible rows, above 0, at most 1.</param>
/// <param name="AfterTraffic">When it begins.</param>
internal sealed record WrongEffect(double Share, TimeSpan? AfterTraffic) : AnswerChange(AfterTraffic)
{
    private const int Draws = 1 << 30;

    /// <inheritdoc/>
    public override string Describe() =>
        FormattableString.Invariant($"was answered by a model that is wrong in {Share * 100:0.#} % of all rows");

    /// <inheritdoc/>
    protected override void Change(AnswerRows rows, ContainerTurn turn)
    {
        var contents = RequestRows.Of(turn.Request, rows.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            if (turn.Armed.DrawsOf(contents[row]).Below(Draws) < Share * Draws)
            {
                rows.Change(row, AnswerValue.Wrong);
            }
        }
    }
}
