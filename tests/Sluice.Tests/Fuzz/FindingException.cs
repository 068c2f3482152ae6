namespace Sluice.Tests.Fuzz;

/// <summary>
/// A reader did with an input what it must not. NUnit's own assertions are not for this: a test that has failed one cannot go on to the
/// next input.
/// </summary>
/// <param name="message">What it did.</param>
internal sealed class FindingException(string message) : Exception(message)
{
    private static readonly string[] Inside =
    [
        "\n   at ", "System.", "Newtonsoft.", "YamlDotNet.", "Object reference", "(Parameter '", "Exception of type",
        "current state of the object",
    ];

    /// <summary>Throws unless something holds.</summary>
    public static void ThrowUnless(bool holds, string message)
    {
        if (!holds)
        {
            throw new FindingException(message);
        }
    }

    /// <summary>Throws when a person is told nothing of a mistake, or of the program's inside.</summary>
    public static void ThrowUnlessSentence(string message)
    {
        ThrowUnless(!string.IsNullOrWhiteSpace(message), "A mistake is told with no words.");
        foreach (var inside in Inside)
        {
            ThrowUnless(!message.Contains(inside, StringComparison.Ordinal), $"A mistake is told with '{inside}': {message}");
        }
    }
}
