namespace Sluice.Rollouts.Planning.Figures;

/// <summary>What evidence is counted in, in words.</summary>
public static class FigureUnits
{
    /// <summary>The word for a unit.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="amount">How many there are of it.</param>
    public static string Title(FigureUnit unit, double amount) => (unit, amount) switch
    {
        (FigureUnit.Pairs, 1) => "pair",
        (FigureUnit.Pairs, _) => "pairs",
        (FigureUnit.Minutes, 1) => "minute of telemetry",
        (FigureUnit.Minutes, _) => "minutes of telemetry",
        (_, 1) => "request of the candidate",
        _ => "requests of the candidate",
    };
}
