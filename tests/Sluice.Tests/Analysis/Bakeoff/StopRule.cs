namespace Sluice.Tests.Analysis.Bakeoff;

/// <summary>A rule that is a function, with what it remembers in a closure.</summary>
internal sealed class StopRule(string name, Func<int, Look, Look, bool> stops) : IStopRule
{
    public string Name => name;

    public bool Stops(int number, Look look, Look sum) => stops(number, look, sum);
}
