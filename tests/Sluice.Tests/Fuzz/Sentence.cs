namespace Sluice.Tests.Fuzz;

/// <summary>What a person is told of a mistake.</summary>
internal static class Sentence
{
    /// <summary>Fails when it says nothing, or shows the program's inside.</summary>
    public static void Check(string message)
    {
        Assert.That(message, Is.Not.Empty.And.Not.EqualTo(" "));
        foreach (var inside in new[] { "\n   at ", "System.", "Newtonsoft.", "YamlDotNet.", "Object reference", "Parameter '" })
        {
            Assert.That(message, Does.Not.Contain(inside));
        }
    }
}
