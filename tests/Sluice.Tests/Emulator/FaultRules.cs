using Sluice.Emulator.Faults;

namespace Sluice.Tests.Emulator;

/// <summary>Plans of rules as they are written, and requests for them.</summary>
internal static class FaultRules
{
    /// <summary>A plan of rules.</summary>
    /// <param name="seed">Seeds it.</param>
    /// <param name="rules">The rules as JSON.</param>
    public static FaultPlan Plan(int seed, params string[] rules) =>
        new(FaultReader.Read($$"""{ "rules": [{{string.Join(", ", rules)}}] }"""), seed, TimeProvider.System);

    /// <summary>A request.</summary>
    public static FaultTarget Request(string method, string path, string query = "", FaultSurface surface = FaultSurface.Arm) =>
        new(surface, method, path, query);

    /// <summary>Which of so many requests the first rule hits, as 1 and 0.</summary>
    public static string Hits(FaultPlan plan, int requests, int rule = 0) =>
        string.Concat(Enumerable.Range(0, requests).Select(_ => plan.Rules[rule].Happens("It") ? '1' : '0'));
}
