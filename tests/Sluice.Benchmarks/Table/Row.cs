namespace Sluice.Benchmarks.Table;

/// <summary>One line of the table: a figure, what it was measured against in the same run, and whether it keeps to its bar.</summary>
/// <param name="Number">The figure's number, <c>2b</c> for example.</param>
/// <param name="Figure">What was measured.</param>
/// <param name="Measured">What came out, with its unit.</param>
/// <param name="Reference">What it was measured against, and what came out there; empty where there is nothing to measure against.</param>
/// <param name="Value">The ratio, or the figure itself where there is no reference; what the bar bounds.</param>
/// <param name="Bar">The bound.</param>
internal sealed record Row(string Number, string Figure, string Measured, string Reference, double Value, Bar Bar)
{
    /// <summary>What lies behind the figure, line by line: the calls that were counted, for example.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Whether the figure keeps to its bar.</summary>
    public bool IsMet => Bar.IsMetBy(Value);

    /// <summary>The line of what is measured on its own, in whole seconds.</summary>
    public static Row OfSeconds(string number, string figure, TimeSpan wall, double atMost) =>
        new(number, figure, FormattableString.Invariant($"{wall.TotalSeconds:0} s"), "–", wall.TotalSeconds, Bar.AtMost(atMost, "s"));

    /// <summary>In short, for whoever waits for the table.</summary>
    public override string ToString() => FormattableString.Invariant($"{Number} {Figure}: {Value:0.###}, {Bar}, {(IsMet ? "met" : "missed")}");
}
