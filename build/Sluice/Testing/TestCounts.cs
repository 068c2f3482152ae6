using System.Globalization;
using System.Xml.Linq;

namespace Sluice.Testing;

/// <summary>How many tests did what.</summary>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Failed">Tests that failed.</param>
/// <param name="Skipped">Tests that did not run.</param>
internal sealed record TestCounts(int Passed, int Failed, int Skipped)
{
    /// <summary>Whether there was none at all.</summary>
    public bool AreNone => this == new TestCounts(0, 0, 0);

    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>The counts of all result files in a folder together.</summary>
    public static TestCounts OfFolder(string folder) => Directory
        .EnumerateFiles(folder, "*.trx")
        .Select(OfFile)
        .Aggregate(new TestCounts(0, 0, 0), (sum, file) => new(sum.Passed + file.Passed, sum.Failed + file.Failed, sum.Skipped + file.Skipped));

    /// <summary>The line that closes a test run.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Passed} passed, {Failed} failed, {Skipped} skipped");

    // Counted by outcome: the adapter's own "notExecuted" counter stays 0 for ignored tests.
    private static TestCounts OfFile(string path)
    {
        var outcomes = XDocument.Load(path).Descendants(Trx + "UnitTestResult").Select(result => (string?)result.Attribute("outcome")).ToArray();
        var passed = outcomes.Count(outcome => outcome == "Passed");
        var skipped = outcomes.Count(outcome => outcome is "NotExecuted" or "Inconclusive");
        return new(passed, outcomes.Length - passed - skipped, skipped);
    }
}
